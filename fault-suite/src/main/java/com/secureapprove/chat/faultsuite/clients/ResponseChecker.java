package com.secureapprove.chat.faultsuite.clients;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Compares responses, error frames and close codes with those that are allowed during faults, and
/// records the others. Thread-safe.
public final class ResponseChecker {

  private static final int UNAVAILABLE = 503;
  private static final int UNAUTHENTICATED = 401;

  /// The codes of error frames that a correct client may get.
  private static final Set<String> ERRORS =
      Set.of("unavailable", "rate-limited", "not-found", "forbidden");

  /// Close codes that faults excuse: normal, draining, cut without a close frame, try again later,
  /// client reads too slowly or was silent, too many frames or connections.
  private static final Set<Integer> CLOSINGS = Set.of(1000, 1001, 1006, 1013, 4408, 4429);

  private static final int CREDENTIALS_ENDED = 4401;

  private final AtomicLong checked = new AtomicLong();
  private final Map<String, Long> violations = new ConcurrentHashMap<>();

  /// Records a response. The caller checks refusals with [#checkStatus].
  ///
  /// @param what the request
  /// @param token the access token of the request
  /// @param hasRetryAfter whether the response has a `Retry-After` header
  void response(String what, ApiResponse response, String token, boolean hasRetryAfter) {
    checked.incrementAndGet();
    int status = response.status();
    if (status == UNAUTHENTICATED && !TokenExpiry.hasEnded(token)) {
      violation("%s: 401 for a valid token".formatted(what));
    } else if (status == UNAVAILABLE && !hasRetryAfter) {
      violation("%s: 503 without Retry-After".formatted(what));
    } else if (status / 100 == 5 && status != UNAVAILABLE) {
      violation("%s: %s".formatted(what, brief(response)));
    }
  }

  /// Checks that a response is a success, indeterminate, or one of the allowed refusals.
  ///
  /// @param refusals the allowed statuses
  void checkStatus(String what, ApiResponse response, Set<Integer> refusals) {
    if (!response.isSuccess()
        && !response.isIndeterminate()
        && !refusals.contains(response.status())) {
      violation("%s: %s".formatted(what, brief(response)));
    }
  }

  /// Records the status of a refused upgrade.
  void upgradeRefused(int status) {
    checked.incrementAndGet();
    if (status != UNAVAILABLE) {
      violation("upgrade refused: " + status);
    }
  }

  /// Records an error frame.
  void errorFrame(String code, String detail) {
    checked.incrementAndGet();
    if (!ERRORS.contains(code)) {
      violation("error frame %s: %s".formatted(code, detail));
    }
  }

  /// Records a close code.
  ///
  /// @param token the access token of the upgrade
  void closed(int code, String token) {
    checked.incrementAndGet();
    boolean ended = code == CREDENTIALS_ENDED && TokenExpiry.hasEnded(token);
    if (!ended && !CLOSINGS.contains(code)) {
      violation("connection closed with code " + code);
    }
  }

  /// Records a violation.
  void violation(String what) {
    violations.merge(what, 1L, Long::sum);
  }

  private static String brief(ApiResponse response) {
    byte[] body = response.body();
    boolean isObject = body.length > 0 && body[0] == '{';
    return response.status() + " " + (isObject ? response.json().path("detail").asText() : "");
  }

  /// The number of recorded responses, error frames and close codes.
  public long checked() {
    return checked.get();
  }

  /// The recorded violations, with their counts.
  public Map<String, Long> violations() {
    return new TreeMap<>(violations);
  }
}
