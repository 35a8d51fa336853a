package com.secureapprove.chat.testsupport.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// An HTTP server on a free loopback port that stands in for the services that a tested service
/// calls. Each call has its own thread and may take any time.
public final class StubServer {
  private final HttpServer server;

  private StubServer(HttpServer server) {
    this.server = server;
  }

  /// Starts a server that answers 404 to every path that was not set by [#on].
  public static StubServer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return new StubServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sets the handler of all requests below a path.
  public StubServer on(String path, HttpHandler handler) {
    server.createContext(path, handler);
    return this;
  }

  /// The base URL of the server.
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Stops the server and ends pending requests.
  public void stop() {
    server.stop(0);
  }

  /// Responds with JSON and ends the request.
  public static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /// Responds without a body and ends the request.
  public static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  /// Starts a response and closes the connection, like a process that is killed while it responds.
  public static void breakOff(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
    }
  }
}
