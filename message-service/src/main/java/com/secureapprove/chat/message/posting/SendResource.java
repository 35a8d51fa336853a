package com.secureapprove.chat.message.posting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.contracts.MessageBatch.Outcome;
import com.secureapprove.chat.contracts.MessageBatch.Refusal;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sending over REST. A form with files becomes this at the gateway.
@Path("/api/chat/conversations/{id}/messages")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class SendResource {

  /// @param clientMessageId the idempotency key; may be given by the header `Idempotency-Key`
  ///   instead
  record SendRequest(
      @Nullable String content,
      @Nullable List<UUID> attachmentIds,
      @Nullable String clientMessageId) {}

  private static final int RETRY_AFTER_SECONDS = 2;

  private final MessagePosting posting;
  private final Caller caller;

  SendResource(MessagePosting posting, Caller caller) {
    this.posting = posting;
    this.caller = caller;
  }

  /// 201 with the new message, or 200 with the one first made under the same key.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response send(
      @PathParam("id") UUID conversationId,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @HeaderParam("X-Chat-Session") @Nullable String session,
      @Nullable SendRequest request) {
    if (request == null) {
      throw ProblemException.invalid("content", "must not be empty");
    }
    List<UUID> files = request.attachmentIds() == null ? List.of() : request.attachmentIds();
    String given = given(request.clientMessageId(), idempotencyKey);
    String key = given == null ? keyOf(files) : given;
    return post(conversationId, request.content(), files, key, session);
  }

  private Response post(
      UUID conversationId,
      @Nullable String content,
      List<UUID> attachmentIds,
      String key,
      @Nullable String session) {
    MessageBatch.Item item =
        new MessageBatch.Item(
            conversationId,
            caller.user().userId(),
            content == null ? "" : content,
            attachmentIds,
            key,
            session,
            null);
    Outcome outcome = posting.post(List.of(item)).getFirst();
    Refusal refusal = outcome.refusal();
    if (refusal != null) {
      throw problem(refusal);
    }
    MessageView message = outcome.message();
    return Response.status(outcome.created() ? 201 : 200).entity(message).build();
  }

  private static @Nullable String given(@Nullable String inBody, @Nullable String inHeader) {
    if (inBody != null && inHeader != null && !inBody.equals(inHeader)) {
      throw ProblemException.invalid(
          "client_message_id", "differs from the header Idempotency-Key");
    }
    return inBody == null ? inHeader : inBody;
  }

  /// The key of a send without one. A file belongs to one message, so the files identify it: a
  /// client that repeats this send gets the stored message instead of "a file belongs to another
  /// message".
  private static String keyOf(List<UUID> files) {
    UUID key =
        files.isEmpty()
            ? UUID.randomUUID()
            : UUID.nameUUIDFromBytes(
                files.stream()
                    .map(String::valueOf)
                    .distinct()
                    .sorted()
                    .collect(joining(","))
                    .getBytes(US_ASCII));
    return key.toString();
  }

  private static ProblemException problem(Refusal refusal) {
    Problem problem = Problem.ofCode(refusal.code()).orElse(Problem.INTERNAL);
    String field = refusal.field();
    if (problem == Problem.INVALID && field != null) {
      return ProblemException.invalid(field, refusal.message());
    }
    return problem == Problem.UNAVAILABLE
        ? ProblemException.retryAfter(problem, refusal.detail(), RETRY_AFTER_SECONDS)
        : new ProblemException(problem, refusal.detail());
  }
}
