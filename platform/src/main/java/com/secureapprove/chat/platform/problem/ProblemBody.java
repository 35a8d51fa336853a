package com.secureapprove.chat.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of an error answer (RFC 9457). `error` repeats `detail` for clients of the original
/// chat.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(
    String type,
    String title,
    int status,
    String detail,
    String error,
    @Nullable String instance,
    @Nullable String traceId,
    List<Violation> violations) {

  /// The media type of problem answers.
  public static final String MEDIA_TYPE = "application/problem+json";

  /// One invalid field.
  public record Violation(String field, String message) {}

  public static ProblemBody of(
      Problem problem,
      String detail,
      @Nullable String instance,
      @Nullable String traceId,
      List<Violation> violations) {
    return new ProblemBody(
        problem.type().toString(),
        problem.title(),
        problem.status(),
        detail,
        detail,
        instance,
        traceId,
        violations);
  }
}
