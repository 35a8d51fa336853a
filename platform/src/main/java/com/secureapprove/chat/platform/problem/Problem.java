package com.secureapprove.chat.platform.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kinds of problem that the suite answers with, over REST and (by the same code) over the
/// WebSocket.
public enum Problem {
  INVALID(400, "Invalid request"),
  UNAUTHENTICATED(401, "Authentication required"),
  OTHER_PERSON(401, "Credentials of another person"),
  FORBIDDEN(403, "Not permitted"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_ACCEPTABLE(406, "No acceptable media type"),
  CONFLICT(409, "Conflict with existing data"),
  TOO_LARGE(413, "Request too large"),
  UNSUPPORTED_TYPE(415, "Unsupported media type"),
  RATE_LIMITED(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "Request headers too large"),
  INTERNAL(500, "Internal error"),
  UNAVAILABLE(503, "Temporarily unavailable");

  private final int status;
  private final String title;

  Problem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// The code on the wire, such as `not-found`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The problem's type as RFC 9457 wants it.
  public URI type() {
    return URI.create("urn:secureapprove:chat:problem:" + code());
  }

  /// The problem of that code, if there is one.
  public static Optional<Problem> ofCode(String code) {
    return Arrays.stream(values()).filter(problem -> problem.code().equals(code)).findFirst();
  }

  /// The problem that fits a status best; other client errors are [#INVALID].
  public static Problem ofStatus(int status) {
    return Arrays.stream(values())
        .filter(problem -> problem.status == status)
        .findFirst()
        .orElse(status >= 500 ? INTERNAL : INVALID);
  }
}
