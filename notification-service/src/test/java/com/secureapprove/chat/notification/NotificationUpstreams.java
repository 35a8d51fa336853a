package com.secureapprove.chat.notification;

import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Stubs of conversation-service and presence-service.
public final class NotificationUpstreams {
  private static final Map<String, String> AUDIENCES = new ConcurrentHashMap<>();
  private static final Set<String> ONLINE = ConcurrentHashMap.newKeySet();
  private static volatile boolean down;
  private static StubServer server;

  private NotificationUpstreams() {}

  static synchronized String start() {
    if (server == null) {
      server =
          StubServer.start()
              .on("/internal/conversations/", NotificationUpstreams::audience)
              .on("/internal/online", NotificationUpstreams::online);
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

  private static String list(List<String> texts) {
    return texts.stream()
        .map(NotificationUpstreams::quoted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
