package com.secureapprove.chat.testsupport.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A push service (RFC 8030) on loopback. It accepts a message only for a browser that subscribed,
/// with a valid identification of the sender (RFC 8292), and decrypts it as the browser does.
public final class PushStub implements AutoCloseable {

  /// A message that was accepted.
  ///
  /// @param headers with names in lower case
  /// @param text decrypted
  public record Received(BrowserSubscription browser, Map<String, String> headers, String text) {}

  /// How the service answers a valid message, beside accepting it.
  ///
  /// @param header of the answer: a name and a value, or nothing
  public record Answer(int status, String... header) {}

  private final HttpServer server;
  private final String publicKey;
  private final Map<String, BrowserSubscription> browsers = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  private PushStub(HttpServer server, String publicKey) {
    this.server = server;
    this.publicKey = publicKey;
  }

  /// Starts a push service for browsers that subscribed with this `applicationServerKey`.
  public static PushStub start(String publicKey) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
      PushStub stub = new PushStub(server, publicKey);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/push/", stub::handle);
      server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Subscribes a new browser.
  public BrowserSubscription subscribe() {
    String path = "/push/" + UUID.randomUUID();
    BrowserSubscription browser =
        BrowserSubscription.of("http://127.0.0.1:" + server.getAddress().getPort() + path);
    browsers.put(path, browser);
    return browser;
  }

  /// Answers the next valid messages so. All later ones are accepted.
  public void answerNext(Answer... next) {
    synchronized (answers) {
      answers.addAll(List.of(next));
    }
  }

  /// The messages that were accepted, in their order.
  public List<Received> received() {
    return List.copyOf(received);
  }

  /// The messages that a browser received, decrypted.
  public List<String> texts(BrowserSubscription browser) {
    return received.stream()
        .filter(each -> each.browser().equals(browser))
        .map(Received::text)
        .toList();
  }

  /// Why messages were refused that no push service accepts.
  public List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      BrowserSubscription browser = browsers.get(exchange.getRequestURI().getPath());
      if (browser == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      String text;
      try {
        SenderIdentity.verify(headers, browser.endpoint(), publicKey);
        text = browser.decrypt(body);
      } catch (Exception e) {
        refused.add(String.valueOf(e));
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      Answer answer;
      synchronized (answers) {
        answer = answers.isEmpty() ? new Answer(201) : answers.removeFirst();
      }
      if (answer.status() == 201) {
        received.add(new Received(browser, headers, text));
      }
      for (int i = 0; i < answer.header().length; i += 2) {
        exchange.getResponseHeaders().set(answer.header()[i], answer.header()[i + 1]);
      }
      exchange.sendResponseHeaders(answer.status(), -1);
    }
  }
}
