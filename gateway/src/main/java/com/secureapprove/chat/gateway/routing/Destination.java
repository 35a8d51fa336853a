package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.calls.Part;
import com.secureapprove.chat.gateway.limits.Limit;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;

/// Where a call under `/api/chat/` is answered.
sealed interface Destination {

  /// How much a request to it may bring; more is 413.
  enum Size {
    JSON(1L << 20),
    ONE_FILE(11L << 20),
    TEN_FILES(102L << 20);

    private final long bytes;

    Size(long bytes) {
      this.bytes = bytes;
    }

    long bytes() {
      return bytes;
    }
  }

  /// A service answers.
  record Service(Part part, Size size) implements Destination {}

  /// The gateway itself tells who is signed in.
  record Me() implements Destination {}

  /// There is no such path.
  record Nowhere() implements Destination {}

  /// The destination of a path below `/api/chat/`, without leading and trailing slash.
  static Destination of(HttpMethod method, String path) {
    List<String> segments = List.of(path.split("/"));
    return switch (segments.getFirst()) {
      case "me" -> segments.size() == 1 ? new Me() : new Nowhere();
      case "conversations" -> conversations(method, segments);
      case "attachments" -> new Service(Part.ATTACHMENT, Size.ONE_FILE);
      case "notifications" -> new Service(Part.MESSAGE, Size.JSON);
      default -> new Nowhere();
    };
  }

  /// What a call counts towards, if anything.
  static Optional<Limit> limitOf(HttpMethod method, String path) {
    if (method != HttpMethod.POST) {
      return Optional.empty();
    }
    if (path.equals("attachments")) {
      return Optional.of(Limit.UPLOADS);
    }
    if (path.equals("conversations/start") || path.equals("conversations/start_group")) {
      return Optional.of(Limit.CONVERSATIONS);
    }
    return path.startsWith("conversations/") && path.endsWith("/messages")
        ? Optional.of(Limit.MESSAGES)
        : Optional.empty();
  }

  private static Destination conversations(HttpMethod method, List<String> segments) {
    if (segments.size() == 2 && segments.get(1).equals("presence")) {
      return new Service(Part.PRESENCE, Size.JSON);
    }
    if (segments.size() == 3) {
      return switch (segments.get(2)) {
        case "messages" ->
            new Service(Part.MESSAGE, method == HttpMethod.POST ? Size.TEN_FILES : Size.JSON);
        case "mark_read", "receipts" -> new Service(Part.MESSAGE, Size.JSON);
        default -> new Service(Part.CONVERSATION, Size.JSON);
      };
    }
    return new Service(Part.CONVERSATION, Size.JSON);
  }
}
