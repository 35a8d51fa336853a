package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.upstream.Upstream;
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
  ///
  /// @param limit what a call counts towards
  record Service(Upstream part, Size size, Optional<Limit> limit) implements Destination {
    Service(Upstream part) {
      this(part, Size.JSON, Optional.empty());
    }

    Service(Upstream part, Size size, Limit limit) {
      this(part, size, Optional.of(limit));
    }
  }

  /// Message-service takes what a service client publishes.
  record Notifications() implements Destination {
    static final String ROLE = "chat-publisher";
    static final Service SERVICE = new Service(Upstream.MESSAGE);
  }

  /// The gateway itself tells who is signed in.
  record Me() implements Destination {}

  /// There is such a path, but not for this method.
  ///
  /// @param allow the methods that it is for, as the header has them
  record OtherMethod(String allow) implements Destination {}

  /// There is no such path.
  record Nowhere() implements Destination {}
}
