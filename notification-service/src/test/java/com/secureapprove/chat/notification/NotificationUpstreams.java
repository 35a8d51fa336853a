package com.secureapprove.chat.notification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Stubs of conversation-service and presence-service.
public final class NotificationUpstreams {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> AUDIENCES = new ConcurrentHashMap<>();
  private static final Set<String> ONLINE = ConcurrentHashMap.newKeySet();
  private static final Map<String, String> UNREAD = new ConcurrentHashMap<>();
  private static final Map<String, String> CONTACTS = new ConcurrentHashMap<>();
  private static volatile boolean down;
  private static StubServer server;

  private NotificationUpstreams() {}

  static synchronized String start() {
    if (server == null) {
      server =
          StubServer.start()
              .on("/internal/conversations/", NotificationUpstreams::audience)
              .on("/internal/online", NotificationUpstreams::online)
              .on("/internal/unread", NotificationUpstreams::unread)
              .on("/internal/contacts/", NotificationUpstreams::contact);
    }
    return server.address();
  }

  /// Sets the people who have not muted a conversation.
  ///
  /// @param title null for a direct conversation
  public static void audience(String conversation, String title, String... people) {
    AUDIENCES.put(
        conversation,
        "{\"is_group\":%s,\"title\":%s,\"user_ids\":%s}"
            .formatted(
                title != null, title == null ? "null" : quoted(title), list(List.of(people))));
  }

  public static void online(String person, boolean online) {
    if (online) {
      ONLINE.add(person);
    } else {
      ONLINE.remove(person);
    }
  }

  /// Sets what a person has not read.
  ///
  /// @param newest as JSON, such as `{"id":…,"title":…,"unread_count":1}`
  public static void unread(String person, int messages, int conversations, String... newest) {
    UNREAD.put(
        person,
        "{\"messages\":%d,\"conversations\":%d,\"newest\":[%s]}"
            .formatted(messages, conversations, String.join(",", newest)));
  }

  /// Sets how a person is reached, and since when they are away.
  public static void contact(String person, String email, boolean online, Instant lastSeen) {
    CONTACTS.put(
        person,
        "{\"email\":%s,\"active\":true,\"is_online\":%s,\"last_seen\":\"%s\"}"
            .formatted(TextNode.valueOf(email), online, lastSeen));
  }

  /// Whether both services answer with errors.
  public static void down(boolean nowDown) {
    down = nowDown;
  }

  private static void audience(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().split("/", -1)[3];
    String audience = AUDIENCES.get(id);
    if (down) {
      StubServer.answer(exchange, 500, "{}");
    } else if (audience == null) {
      StubServer.answer(exchange, 404, "{}");
    } else {
      StubServer.answer(exchange, 200, audience);
    }
  }

  private static void online(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    List<String> asked =
        Arrays.stream(query.substring(query.indexOf('=') + 1).split(",", -1))
            .filter(ONLINE::contains)
            .toList();
    StubServer.answer(exchange, down ? 500 : 200, "{\"user_ids\":" + list(asked) + "}");
  }

  /// The token of a call contains the person in clear.
  private static void unread(HttpExchange exchange) throws IOException {
    String claims = exchange.getRequestHeaders().getFirst("Authorization").split("\\.")[1];
    String person = JSON.readTree(Base64.getUrlDecoder().decode(claims)).path("sub").asText();
    StubServer.answer(
        exchange,
        down ? 500 : 200,
        UNREAD.getOrDefault(person, "{\"messages\":0,\"conversations\":0,\"newest\":[]}"));
  }

  private static void contact(HttpExchange exchange) throws IOException {
    String contact = CONTACTS.get(exchange.getRequestURI().getPath().split("/", -1)[3]);
    StubServer.answer(exchange, down ? 500 : contact == null ? 404 : 200, String.valueOf(contact));
  }

  private static String list(List<String> texts) {
    return texts.stream()
        .map(NotificationUpstreams::quoted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
