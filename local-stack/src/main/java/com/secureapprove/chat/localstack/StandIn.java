package com.secureapprove.chat.localstack;

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
public final class StandIn {
  private final HttpServer server;

  private StandIn(HttpServer server) {
    this.server = server;
  }

  /// Starts a server that answers 404 to every path that was not set by [#on].
  public static StandIn start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return new StandIn(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Has everything below a path answered so.
  public StandIn on(String path, HttpHandler handler) {
    server.createContext(path, handler);
    return this;
  }

  /// What the calls' addresses begin with.
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Ends it, and the calls that are under way.
  public void stop() {
    server.stop(0);
  }

  /// Answers JSON, and ends the call.
  public static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /// Answers without a body, and ends the call.
  public static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  /// Begins an answer and closes the connection, like a process that is killed in between.
  public static void breakOff(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
    }
  }
}
