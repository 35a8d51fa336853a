package com.secureapprove.chat.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A receiver of webhooks on loopback. It verifies signatures as the specification of Standard
/// Webhooks describes, without code of the service.
public final class Receiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How a receiver answers a request.
  public interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  /// A request that arrived.
  ///
  /// @param path with the query
  /// @param headers with names in lower case
  public record Call(String path, Map<String, String> headers, String body) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String id() {
      return headers.get("webhook-id");
    }

    /// Whether one of the signatures is of this secret.
    public boolean isSignedBy(String secret) {
      String content = id() + "." + headers.get("webhook-timestamp") + "." + body;
      return Arrays.asList(headers.get("webhook-signature").split(" "))
          .contains("v1," + hmac(secret, content));
    }

    private static String hmac(String secret, String content) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder()
            .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = status(204);

  private Receiver(HttpServer server) {
    this.server = server;
  }

  /// Starts a receiver that accepts everything.
  public static Receiver start() {
    return start("127.0.0.1");
  }

  /// Starts a receiver on an address of this machine.
  public static Receiver start(String address) {
    try {
      return on(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Receiver on(HttpServer server) {
    Receiver receiver = new Receiver(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", receiver::handle);
    server.start();
    return receiver;
  }

  /// Answers every request with a status and no body.
  public static Behaviour status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    };
  }

  /// Answers with one behaviour after the other. The last one is repeated.
  public static Behaviour inTurn(Behaviour... behaviours) {
    List<Behaviour> left = new ArrayList<>(List.of(behaviours));
    return exchange -> {
      Behaviour next;
      synchronized (left) {
        next = left.size() > 1 ? left.removeFirst() : left.getFirst();
      }
      next.answer(exchange);
    };
  }

  public Receiver answering(Behaviour next) {
    behaviour = next;
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/hooks?from=chat";
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> headers = new java.util.HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
    calls.add(new Call(exchange.getRequestURI().toString(), headers, body));
    behaviour.answer(exchange);
  }
}
