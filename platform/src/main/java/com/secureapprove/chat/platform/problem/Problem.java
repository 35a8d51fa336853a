package com.secureapprove.chat.platform.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kinds of problem that the suite answers with, over REST and (by the same code) over the
/// WebSocket.
public enum Problem {
  INVALID(400, "The request is not valid"),
  UNAUTHENTICATED(401, "Sign in first"),
  FORBIDDEN(403, "This is not allowed"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  NOT_ACCEPTABLE(406, "None of the accepted media types can be produced"),
  CONFLICT(409, "It contradicts what is already there"),
  TOO_LARGE(413, "It is too large"),
  UNSUPPORTED_TYPE(415, "This media type is not allowed"),
  RATE_LIMITED(429, "Too many requests"),
  INTERNAL(500, "Something went wrong"),
  UNAVAILABLE(503, "A part of the chat is not available");

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
