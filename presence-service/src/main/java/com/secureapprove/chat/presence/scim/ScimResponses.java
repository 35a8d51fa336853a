package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// Creates SCIM responses, including errors.
final class ScimResponses {
  static final String MEDIA_TYPE = "application/scim+json";

  /// Work that runs in one transaction. The transaction rolls back if the work throws.
  interface Work {
    Response run() throws ScimException;
  }

  /// Carries a checked exception out of a transaction and causes its rollback.
  private static final class Rollback extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ScimException reason;

    Rollback(ScimException reason) {
      super(reason.getMessage(), null, false, false);
      this.reason = reason;
    }
  }

  private ScimResponses() {}

  static Response inTransaction(Work work) {
    try {
      return QuarkusTransaction.requiringNew()
          .call(() -> {
            try {
              return work.run();
            } catch (ScimException e) {
              throw new Rollback(e);
            }
          });
    } catch (Rollback e) {
      return error(e.reason.getScimError());
    } catch (ProblemException e) {
      return error(of(e));
    }
  }

  static Response.ResponseBuilder json(int status, Object body) {
    return Response.status(status)
        .type(MEDIA_TYPE)
        .header("Cache-Control", "private, no-store")
        .entity(JsonUtils.valueToNode(body).toString());
  }

  /// Parses the JSON object of a request.
  ///
  /// @throws ScimException 400 if the body is not a JSON object
  static JsonNode parsed(@Nullable String body) throws ScimException {
    try {
      JsonNode json =
          JsonUtils.getObjectReader()
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(body == null ? "" : body);
      if (json != null && json.isObject()) {
        requireSchemas(json.path("schemas"));
        return json;
      }
    } catch (JsonProcessingException e) {
      // reported below
    }
    throw new ScimException(400, "invalidSyntax", "The body is not a JSON object");
  }

  private static void requireSchemas(JsonNode schemas) throws ScimException {
    if (ScimValues.isNone(schemas)) {
      return;
    }
    boolean valid = schemas.isArray();
    for (JsonNode schema : schemas) {
      valid &= schema.isTextual();
    }
    if (!valid) {
      throw ScimValues.invalid("schemas must be a list of strings");
    }
  }

  private static ErrorResponse of(ProblemException problem) {
    ErrorResponse error = new ErrorResponse(problem.problem().status());
    error.setDetail(problem.detail());
    if (problem.problem() == Problem.CONFLICT) {
      error.setScimType("uniqueness");
    } else if (problem.problem() == Problem.INVALID) {
      error.setScimType("invalidValue");
    }
    return error;
  }

  private static Response error(ErrorResponse error) {
    return json(error.getStatus(), error).build();
  }
}
