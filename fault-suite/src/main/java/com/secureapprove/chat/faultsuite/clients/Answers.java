package com.secureapprove.chat.faultsuite.clients;

import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Compares answers to clients with those that are allowed during faults, and records the others.
/// Safe for several threads.
public final class Answers {

  private static final int UNAVAILABLE = 503;
  private static final int UNAUTHENTICATED = 401;

  /// The codes of error frames that a correct client may get.
  private static final Set<String> ERRORS =
      Set.of("unavailable", "rate-limited", "not-found", "forbidden");

  /// Closed for a reason that faults excuse: silent for too long, draining, cut without a word, try
  /// again later, reads too slowly, too many.
  private static final Set<Integer> CLOSINGS = Set.of(1000, 1001, 1006, 1013, 4408, 4429);

  private static final int CREDENTIALS_ENDED = 4401;

  private final AtomicLong heard = new AtomicLong();
  private final Map<String, Long> wrong = new ConcurrentHashMap<>();

  /// Records the answer to a call. The caller judges refusals.
  ///
  /// @param what the request
  /// @param token the access token of the request
  /// @param toldWhen whether the answer says when to retry
  void answered(String what, Answer answer, String token, boolean toldWhen) {
    heard.incrementAndGet();
    int status = answer.status();
    if (status == UNAUTHENTICATED && !AccessToken.hasEnded(token)) {
      wrong("%s: 401 to a good token".formatted(what));
    } else if (status == UNAVAILABLE && !toldWhen) {
      wrong("%s: 503 that does not say when to ask again".formatted(what));
    } else if (status / 100 == 5 && status != UNAVAILABLE) {
      wrong("%s: %s".formatted(what, brief(answer)));
    }
  }

  /// A call was answered in a way that only some refusals of it are right.
  ///
  /// @param refusals the statuses that are right
  void mayRefuse(String what, Answer answer, Set<Integer> refusals) {
    if (!answer.isDone() && !answer.isUncertain() && !refusals.contains(answer.status())) {
      wrong("%s: %s".formatted(what, brief(answer)));
    }
  }

  /// An upgrade was answered by something else.
  void refusedUpgrade(int status) {
    heard.incrementAndGet();
    if (status != UNAVAILABLE) {
      wrong("an upgrade: " + status);
    }
  }

  /// An error frame has come.
  void error(String code, String detail) {
    heard.incrementAndGet();
    if (!ERRORS.contains(code)) {
      wrong("error frame %s: %s".formatted(code, detail));
    }
  }

  /// A line was closed.
  ///
  /// @param token with which it had been opened
  void closed(int code, String token) {
    heard.incrementAndGet();
    boolean ended = code == CREDENTIALS_ENDED && AccessToken.hasEnded(token);
    if (!ended && !CLOSINGS.contains(code)) {
      wrong("a line was closed with " + code);
    }
  }

  /// Something that no client may meet.
  void wrong(String what) {
    wrong.merge(what, 1L, Long::sum);
  }

  private static String brief(Answer answer) {
    byte[] body = answer.body();
    boolean isObject = body.length > 0 && body[0] == '{';
    return answer.status() + " " + (isObject ? answer.json().path("detail").asText() : "");
  }

  /// How many answers, errors and closings there were.
  public long heard() {
    return heard.get();
  }

  /// The answers that are never allowed, with their counts.
  public Map<String, Long> wrong() {
    return new TreeMap<>(wrong);
  }
}
