package com.secureapprove.chat.gateway.connection;

import io.quarkus.websockets.next.CloseReason;
import java.util.Locale;

/// Why a connection is closed: the WebSocket close code and the label of the meter.
public enum CloseCause {
  /// The client closed the connection, or the network failed.
  GONE(1000, ""),
  /// The client sent no frame within the heartbeat timeout.
  SILENT(4408, "heartbeat timeout"),
  /// The gateway shuts down; the client reconnects to another one.
  DRAINING(1001, "going away"),
  /// The client sent a binary frame.
  NOT_TEXT(1003, "text frames only"),
  NOT_UTF8(1007, "invalid UTF-8"),
  FRAME_TOO_BIG(1009, "frame too big"),
  /// An upstream does not respond.
  UNAVAILABLE(1013, "try again later"),
  NOT_SIGNED_IN(4401, "not authenticated"),
  /// The credentials are not those of the person whom the client shows.
  OTHER_PERSON(4401, "credentials of another person"),
  CREDENTIALS_ENDED(4401, "credentials expired or revoked"),
  NO_TENANT(4403, "no tenant"),
  TOO_SLOW(4408, "client reads too slowly"),
  TOO_MANY(4429, "too many connections or frames");

  private final int code;
  private final String reason;

  CloseCause(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /// The close code and reason on the wire.
  public CloseReason toReason() {
    return new CloseReason(code, reason);
  }

  /// The label of the meter.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
