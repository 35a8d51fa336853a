package com.secureapprove.chat.systemtests.suite;

import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A host application on its own origin with the chat on its page: one script tag, one element,
/// access tokens on demand, and a strict content policy.
public final class HostApplication implements AutoCloseable {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Orders</title>
        <link rel="icon" href="data:,">
        <script src="%1$s/tenant_chat.js" defer></script>
        <script src="/host.js" defer></script>
      </head>
      <body><main><h1>Orders</h1><p>Nothing to approve today.</p></main><tenant-chat push-worker="/chat-worker.js"></tenant-chat></body>
      </html>
      """;
  private static final String SCRIPT =
      """
      const chat = document.querySelector('tenant-chat');
      chat.getToken = async () => {
        const answer = await fetch('/chat-token' + location.search);
        if (answer.status !== 200) throw new Error('no token');
        return answer.text();
      };
      globalThis.heard = [];
      for (const name of ['ready', 'opened', 'closed', 'message', 'unread', 'notification', 'signed-out']) {
        document.addEventListener('chat-' + name, ({ detail }) => globalThis.heard.push({ name, detail }));
      }
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final TestIssuer issuer;
  private final Map<String, Integer> secondsOf = new ConcurrentHashMap<>();
  private final URI gateway;

  private HostApplication(HttpServer server, TestIssuer issuer, URI gateway) {
    this.server = server;
    this.issuer = issuer;
    this.gateway = gateway;
    server.setExecutor(threads);
    server.createContext("/", this::page);
    server.createContext(
        "/host.js", exchange -> answer(exchange, "text/javascript; charset=utf-8", SCRIPT));
    server.createContext("/chat-token", this::token);
    server.createContext(
        "/chat-worker.js",
        exchange ->
            answer(
                exchange,
                "text/javascript; charset=utf-8",
                "importScripts('%s/tenant_chat_worker.js');\n".formatted(gateway)));
    server.start();
  }

  /// @param port of loopback
  static HostApplication start(int port, TestIssuer issuer, URI gateway) {
    try {
      return new HostApplication(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64),
          issuer,
          gateway);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// The page's origin when it is served on that port: another site than the gateway's.
  static String origin(int port) {
    return "http://127.0.0.1:" + port;
  }

  /// The page as this person sees it.
  public String pageOf(String tenant, String userName) {
    return "%s/?tenant=%s&user=%s"
        .formatted(origin(server.getAddress().getPort()), tenant, userName);
  }

  /// From now on this person's tokens last so long; none are given where that is 0.
  public void tokensLast(String tenant, String userName, int seconds) {
    secondsOf.put("tenant=%s&user=%s".formatted(tenant, userName), seconds);
  }

  private void page(HttpExchange exchange) throws IOException {
    String socket = gateway.toString().replaceFirst("^http", "ws");
    exchange
        .getResponseHeaders()
        .set(
            "Content-Security-Policy",
            ("default-src 'none'; script-src 'self' %1$s; worker-src 'self';"
                    + " connect-src 'self' %1$s %2$s;"
                    + " img-src %1$s blob: data:; base-uri 'none'; form-action 'none';"
                    + " require-trusted-types-for 'script'; trusted-types lit-html tenant-chat")
                .formatted(gateway, socket));
    answer(exchange, "text/html; charset=utf-8", PAGE.formatted(gateway));
  }

  private void token(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    String tenant = query.replaceAll(".*tenant=(\\w+).*", "$1");
    String user = query.replaceAll(".*user=(\\w+).*", "$1");
    int seconds = secondsOf.getOrDefault(query, 1800);
    if (seconds == 0) {
      try (exchange) {
        exchange.sendResponseHeaders(204, -1);
      }
      return;
    }
    answer(
        exchange,
        "text/plain",
        issuer.token(
            tenant,
            user,
            claims -> claims.setExpirationTimeMinutesInTheFuture((float) seconds / 60)));
  }

  private static void answer(HttpExchange exchange, String type, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
