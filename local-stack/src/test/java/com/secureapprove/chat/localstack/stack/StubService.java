package com.secureapprove.chat.localstack.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// A stub of a service or the gateway, for tests of starting and stopping. It reports that it is
/// ready and accepts every request.
public final class StubService {

  private StubService() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("listening on " + System.getenv("QUARKUS_HTTP_PORT"));
    serve("QUARKUS_HTTP_PORT");
    serve("QUARKUS_MANAGEMENT_PORT");
  }

  private static void serve(String variable) throws IOException {
    int port = Integer.parseInt(System.getenv(variable));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }
}
