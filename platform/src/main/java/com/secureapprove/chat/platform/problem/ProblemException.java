package com.secureapprove.chat.platform.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem. The detail is shown to the caller: no secrets, no internal names.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final transient List<ProblemBody.Violation> violations;
  private final @Nullable Integer retryAfter;

  private ProblemException(
      Problem problem,
      String detail,
      List<ProblemBody.Violation> violations,
      @Nullable Integer retryAfter) {
    super(detail, null, false, false);
    this.problem = problem;
    this.violations = violations;
    this.retryAfter = retryAfter;
  }

  public ProblemException(Problem problem, String detail) {
    this(problem, detail, List.of(), null);
  }

  /// One field of the body or the query is invalid.
  public static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID,
        field + ": " + message,
        List.of(new ProblemBody.Violation(field, message)),
        null);
  }

  /// The caller may retry after a number of seconds.
  public static ProblemException retryAfter(Problem problem, String detail, int seconds) {
    return new ProblemException(problem, detail, List.of(), seconds);
  }

  public Problem problem() {
    return problem;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<ProblemBody.Violation> violations() {
    return violations;
  }

  /// Seconds until a retry, or null if a retry would not help.
  public @Nullable Integer retryAfter() {
    return retryAfter;
  }
}
