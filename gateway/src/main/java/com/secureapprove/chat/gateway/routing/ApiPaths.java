package com.secureapprove.chat.gateway.routing;

import static com.secureapprove.chat.gateway.upstream.Upstream.ATTACHMENT;
import static com.secureapprove.chat.gateway.upstream.Upstream.CONVERSATION;
import static com.secureapprove.chat.gateway.upstream.Upstream.MESSAGE;
import static com.secureapprove.chat.gateway.upstream.Upstream.PRESENCE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.routing.Destination.Me;
import com.secureapprove.chat.gateway.routing.Destination.Notifications;
import com.secureapprove.chat.gateway.routing.Destination.Nowhere;
import com.secureapprove.chat.gateway.routing.Destination.OtherMethod;
import com.secureapprove.chat.gateway.routing.Destination.Service;
import com.secureapprove.chat.gateway.routing.Destination.Size;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that is answered under `/api/chat/`. What is not here does not exist, whatever a service may
/// answer besides.
final class ApiPaths {
  private static final String ANY = "{id}";

  private record Path(HttpMethod method, List<String> segments, Destination destination) {
    Path(HttpMethod method, String path, Destination destination) {
      this(method, List.of(path.split("/")), destination);
    }

    boolean isAt(List<String> asked) {
      if (asked.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < asked.size(); i++) {
        String segment = segments.get(i);
        if (segment.equals(ANY) ? asked.get(i).isEmpty() : !segment.equals(asked.get(i))) {
          return false;
        }
      }
      return true;
    }

    boolean answers(HttpMethod asked) {
      return asked.equals(method) || (asked.equals(HEAD) && method.equals(GET));
    }
  }

  private static final List<Path> FIXED =
      List.of(
          new Path(GET, "me", new Me()),
          new Path(GET, "conversations", new Service(CONVERSATION)),
          new Path(GET, "conversations/unread", new Service(CONVERSATION)),
          new Path(GET, "conversations/presence", new Service(PRESENCE)),
          new Path(
              POST,
              "conversations/start",
              new Service(CONVERSATION, Size.JSON, Limit.CONVERSATIONS)),
          new Path(
              POST,
              "conversations/start_group",
              new Service(CONVERSATION, Size.JSON, Limit.CONVERSATIONS)),
          new Path(POST, "attachments", new Service(ATTACHMENT, Size.ONE_FILE, Limit.UPLOADS)),
          new Path(POST, "notifications", new Notifications()));

  private static final List<Path> WITH_ID =
      List.of(
          new Path(GET, "conversations/{id}", new Service(CONVERSATION)),
          new Path(GET, "conversations/{id}/participants", new Service(CONVERSATION)),
          new Path(PATCH, "conversations/{id}/set_role", new Service(CONVERSATION)),
          new Path(POST, "conversations/{id}/add_participants", new Service(CONVERSATION)),
          new Path(POST, "conversations/{id}/remove_participant", new Service(CONVERSATION)),
          new Path(PATCH, "conversations/{id}/update_title", new Service(CONVERSATION)),
          new Path(PATCH, "conversations/{id}/archive", new Service(CONVERSATION)),
          new Path(PATCH, "conversations/{id}/unarchive", new Service(CONVERSATION)),
          new Path(PATCH, "conversations/{id}/mute", new Service(CONVERSATION)),
          new Path(PATCH, "conversations/{id}/unmute", new Service(CONVERSATION)),
          new Path(POST, "conversations/{id}/typing", new Service(CONVERSATION)),
          new Path(GET, "conversations/{id}/messages", new Service(MESSAGE)),
          new Path(
              POST,
              "conversations/{id}/messages",
              new Service(MESSAGE, Size.TEN_FILES, Limit.MESSAGES)),
          new Path(POST, "conversations/{id}/mark_read", new Service(MESSAGE)),
          new Path(GET, "conversations/{id}/receipts", new Service(MESSAGE)),
          new Path(GET, "attachments/{id}/download", new Service(ATTACHMENT)),
          new Path(GET, "attachments/{id}/thumbnail", new Service(ATTACHMENT)));

  private ApiPaths() {}

  /// Where a call is answered.
  ///
  /// @param path what is below `/api/chat/`, without slashes at its ends
  static Destination of(HttpMethod method, String path) {
    List<String> segments = List.of(path.split("/", -1));
    List<Path> here = FIXED.stream().filter(fixed -> fixed.isAt(segments)).toList();
    if (here.isEmpty()) {
      here = WITH_ID.stream().filter(other -> other.isAt(segments)).toList();
    }
    if (here.isEmpty()) {
      return new Nowhere();
    }
    return here.stream()
        .filter(each -> each.answers(method))
        .map(Path::destination)
        .findFirst()
        .orElse(new OtherMethod(allow(here)));
  }

  private static String allow(List<Path> here) {
    return Stream.concat(
            here.stream()
                .map(Path::method)
                .flatMap(method -> method.equals(GET) ? Stream.of(GET, HEAD) : Stream.of(method)),
            Stream.of(HttpMethod.OPTIONS))
        .map(HttpMethod::name)
        .collect(Collectors.joining(", "));
  }
}
