package com.secureapprove.chat.gateway.routing;

import static com.secureapprove.chat.gateway.upstream.Upstream.ATTACHMENT;
import static com.secureapprove.chat.gateway.upstream.Upstream.CONVERSATION;
import static com.secureapprove.chat.gateway.upstream.Upstream.MESSAGE;
import static com.secureapprove.chat.gateway.upstream.Upstream.NOTIFICATION;
import static com.secureapprove.chat.gateway.upstream.Upstream.PRESENCE;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.routing.Destination.Body;
import com.secureapprove.chat.gateway.routing.Destination.CurrentPerson;
import com.secureapprove.chat.gateway.routing.Destination.MethodNotAllowed;
import com.secureapprove.chat.gateway.routing.Destination.NotFound;
import com.secureapprove.chat.gateway.routing.Destination.Notifications;
import com.secureapprove.chat.gateway.routing.Destination.Service;
import com.secureapprove.chat.gateway.routing.Destination.Typing;
import com.secureapprove.chat.gateway.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The endpoints under `/api/chat/`, as an allowlist: further endpoints of a service are not
/// reachable.
final class ApiPaths {
  static final String PREFIX = "/api/chat/";

  private static final String PARAMETER = "{id}";

  private record Endpoint(HttpMethod method, List<String> segments, Destination destination) {
    Endpoint(HttpMethod method, String path, Destination destination) {
      this(method, List.of(path.split("/")), destination);
    }

    boolean matches(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        String segment = segments.get(i);
        if (segment.equals(PARAMETER) ? path.get(i).isEmpty() : !segment.equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    boolean accepts(HttpMethod requested) {
      return requested.equals(method) || (requested.equals(HEAD) && method.equals(GET));
    }
  }

  private static final List<Endpoint> LITERAL =
      List.of(
          new Endpoint(GET, "me", new CurrentPerson()),
          new Endpoint(GET, "conversations", Service.list(CONVERSATION, "limit")),
          new Endpoint(GET, "conversations/unread", new Service(CONVERSATION)),
          new Endpoint(GET, "conversations/presence", Service.list(PRESENCE)),
          new Endpoint(
              POST,
              "conversations/start",
              new Service(CONVERSATION, Body.JSON, Limit.CONVERSATIONS)),
          new Endpoint(
              POST,
              "conversations/start_group",
              new Service(CONVERSATION, Body.JSON, Limit.CONVERSATIONS)),
          new Endpoint(POST, "attachments", new Service(ATTACHMENT, Body.ONE_FILE, Limit.UPLOADS)),
          new Endpoint(GET, "me/mail", new Service(NOTIFICATION)),
          new Endpoint(PATCH, "me/mail", change(NOTIFICATION)),
          new Endpoint(GET, "push_subscriptions", new Service(NOTIFICATION)),
          new Endpoint(POST, "push_subscriptions", change(NOTIFICATION)),
          new Endpoint(POST, "notifications", new Notifications()));

  private static final List<Endpoint> PARAMETERIZED =
      List.of(
          new Endpoint(GET, "conversations/{id}", new Service(CONVERSATION)),
          new Endpoint(GET, "conversations/{id}/participants", new Service(CONVERSATION)),
          new Endpoint(PATCH, "conversations/{id}/set_role", change(CONVERSATION)),
          new Endpoint(POST, "conversations/{id}/add_participants", change(CONVERSATION)),
          new Endpoint(POST, "conversations/{id}/remove_participant", change(CONVERSATION)),
          new Endpoint(PATCH, "conversations/{id}/update_title", change(CONVERSATION)),
          new Endpoint(PATCH, "conversations/{id}/archive", change(CONVERSATION)),
          new Endpoint(PATCH, "conversations/{id}/unarchive", change(CONVERSATION)),
          new Endpoint(PATCH, "conversations/{id}/mute", change(CONVERSATION)),
          new Endpoint(PATCH, "conversations/{id}/unmute", change(CONVERSATION)),
          new Endpoint(POST, "conversations/{id}/typing", new Typing()),
          new Endpoint(
              GET,
              "conversations/{id}/messages",
              Service.list(MESSAGE, "limit", "since_id", "before_id")),
          new Endpoint(
              POST,
              "conversations/{id}/messages",
              new Service(MESSAGE, Body.MESSAGE_WITH_FILES, Limit.MESSAGES)),
          new Endpoint(POST, "conversations/{id}/mark_read", change(MESSAGE)),
          new Endpoint(GET, "conversations/{id}/receipts", new Service(MESSAGE)),
          new Endpoint(GET, "attachments/{id}/download", new Service(ATTACHMENT)),
          new Endpoint(GET, "attachments/{id}/thumbnail", new Service(ATTACHMENT)),
          new Endpoint(DELETE, "push_subscriptions/{id}", change(NOTIFICATION)));

  private ApiPaths() {}

  private static Service change(Upstream upstream) {
    return new Service(upstream, Body.JSON, Limit.CHANGES);
  }

  /// The template of a path, such as `conversations/{id}/messages`.
  ///
  /// @param path relative to `/api/chat/`, without slashes at its ends
  static Optional<String> templateOf(String path) {
    return candidates(path).stream()
        .map(endpoint -> String.join("/", endpoint.segments()))
        .findFirst();
  }

  /// The destination of a call. A literal path takes precedence over one with a parameter.
  ///
  /// @param path relative to `/api/chat/`, without slashes at its ends
  static Destination of(HttpMethod method, String path) {
    List<Endpoint> candidates = candidates(path);
    if (candidates.isEmpty()) {
      return new NotFound();
    }
    return candidates.stream()
        .filter(endpoint -> endpoint.accepts(method))
        .map(Endpoint::destination)
        .findFirst()
        .orElse(new MethodNotAllowed(allow(candidates)));
  }

  private static List<Endpoint> candidates(String path) {
    List<String> segments = List.of(path.split("/", -1));
    List<Endpoint> literal =
        LITERAL.stream().filter(endpoint -> endpoint.matches(segments)).toList();
    return literal.isEmpty()
        ? PARAMETERIZED.stream().filter(endpoint -> endpoint.matches(segments)).toList()
        : literal;
  }

  private static String allow(List<Endpoint> candidates) {
    return Stream.concat(
            candidates.stream()
                .map(Endpoint::method)
                .flatMap(method -> method.equals(GET) ? Stream.of(GET, HEAD) : Stream.of(method)),
            Stream.of(HttpMethod.OPTIONS))
        .map(HttpMethod::name)
        .collect(Collectors.joining(", "));
  }
}
