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

/// Answers in SCIM's JSON, errors included.
final class ScimResponses {
  static final String MEDIA_TYPE = "application/scim+json";

  /// Work in one transaction, which ends with it whatever it throws.
  interface Work {
    Response run() throws ScimException;
  }

  /// Carries a checked exception out of a transaction, which it rolls back.
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ScimException reason;

    Refused(ScimException reason) {
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
              throw new Refused(e);
            }
          });
    } catch (Refused e) {
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

  /// The JSON of a request.
  ///
  /// @throws ScimException 400 where it is none
  static JsonNode parsed(@Nullable String body) throws ScimException {
    try {
      JsonNode json =
          JsonUtils.getObjectReader()
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(body == null ? "" : body);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // told below
    }
    throw new ScimException(400, "invalidSyntax", "The body is not a JSON object");
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
