package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.upstream.Upstream;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What responds to a call under `/api/chat/`.
sealed interface Destination {
  /// The kinds of request bodies, which differ in their maximum size; see [BodyLimits].
  enum Body {
    JSON,
    ONE_FILE,
    MESSAGE_WITH_FILES
  }

  /// An upstream service.
  ///
  /// @param limits the rate limits that calls count towards
  /// @param list the list that it reads; null if it reads none
  record Service(Upstream upstream, Body body, List<Limit> limits, @Nullable ListRead list)
      implements Destination {
    Service(Upstream upstream) {
      this(upstream, Body.JSON);
    }

    Service(Upstream upstream, Body body, Limit... limits) {
      this(upstream, body, List.of(limits), null);
    }

    static Service list(Upstream upstream, String... pageParameters) {
      return new Service(
          upstream, Body.JSON, List.of(), new ListRead(Set.copyOf(List.of(pageParameters))));
    }

    /// Whether a request with this query reads a whole list.
    boolean isWholeList(MultiMap query) {
      return list != null && list.isWhole(query);
    }
  }

  /// A read of a list.
  ///
  /// @param pageParameters each of them restricts the answer to a page, unless it is blank
  record ListRead(Set<String> pageParameters) {
    /// Whether the answer is the whole list. Reads a query as the upstreams do: names are
    /// case-sensitive, and the first value counts.
    boolean isWhole(MultiMap query) {
      Set<String> known = new HashSet<>();
      for (Map.Entry<String, String> parameter : query) {
        String name = parameter.getKey();
        if (pageParameters.contains(name) && known.add(name) && !parameter.getValue().isBlank()) {
          return false;
        }
      }
      return true;
    }
  }

  /// message-service, for notifications that a service client publishes.
  record Notifications() implements Destination {
    /// The role that a client's token must have.
    static final String ROLE = "chat-publisher";

    static final Service SERVICE = new Service(Upstream.MESSAGE, Body.JSON, Limit.NOTIFICATIONS);
  }

  /// conversation-service, for typing signals. A signal above its rate is ignored and answered like
  /// any other, because clients of the original chat send one for each key.
  record Typing() implements Destination {
    static final Service SERVICE = new Service(Upstream.CONVERSATION, Body.JSON, Limit.CHANGES);
  }

  /// The gateway itself: the caller and their limits.
  record CurrentPerson() implements Destination {}

  /// The path exists, but not for this method.
  ///
  /// @param allow the allowed methods, as in the `Allow` header
  record MethodNotAllowed(String allow) implements Destination {}

  /// The path does not exist.
  record NotFound() implements Destination {}
}
