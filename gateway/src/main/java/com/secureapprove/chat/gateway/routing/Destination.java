package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.upstream.Upstream;
import java.util.List;

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
  /// @param isList whether it answers with a whole list unless a page is requested
  record Service(Upstream upstream, Body body, List<Limit> limits, boolean isList)
      implements Destination {
    Service(Upstream upstream) {
      this(upstream, Body.JSON);
    }

    Service(Upstream upstream, Body body, Limit... limits) {
      this(upstream, body, List.of(limits), false);
    }

    static Service list(Upstream upstream) {
      return new Service(upstream, Body.JSON, List.of(), true);
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
