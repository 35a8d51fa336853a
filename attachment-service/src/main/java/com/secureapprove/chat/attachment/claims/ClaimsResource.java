package com.secureapprove.chat.attachment.claims;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.contracts.AttachmentClaims;
import com.secureapprove.chat.contracts.AttachmentClaims.ClaimedFile;
import com.secureapprove.chat.contracts.AttachmentClaims.Item;
import com.secureapprove.chat.contracts.AttachmentClaims.Outcome;
import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The endpoint with which message-service claims files for messages.
///
/// An item claims all of its files or none. A repeated claim is idempotent.
@Path("/internal/claims")
@RolesAllowed("part:message")
@RunOnVirtualThread
class ClaimsResource {
  private final Clock clock = Clock.systemUTC();

  @POST
  @Transactional
  public AttachmentClaims.Outcomes claim(@Nullable AttachmentClaims body) {
    if (body == null || body.items() == null || body.items().size() > MessageBatch.MAX_ITEMS) {
      throw ProblemException.invalid("items", "must be at most " + MessageBatch.MAX_ITEMS);
    }
    List<UUID> wanted =
        body.items().stream().flatMap(item -> item.attachmentIds().stream()).distinct().toList();
    // Locks the rows in id order, so that concurrent claims wait and do not deadlock.
    Map<UUID, Attachment> files =
        Attachment.<Attachment>find("id in ?1 order by id", wanted)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .stream()
            .collect(Collectors.toMap(file -> file.id, Function.identity()));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new AttachmentClaims.Outcomes(
        body.items().stream().map(item -> claim(item, files, now)).toList());
  }

  private static Outcome claim(Item item, Map<UUID, Attachment> known, Instant now) {
    List<Attachment> files =
        item.attachmentIds().stream().distinct().map(known::get).filter(Objects::nonNull).toList();
    boolean areUploadedBySender =
        files.stream().allMatch(f -> f.uploaderId.equals(item.senderId()));
    if (files.size() < item.attachmentIds().stream().distinct().count() || !areUploadedBySender) {
      return refused(Problem.NOT_FOUND, "unknown file");
    }
    if (!files.stream().allMatch(file -> mayClaim(file, item))) {
      return refused(Problem.INVALID, "a file belongs to another message");
    }
    for (Attachment file : files) {
      file.conversationId = item.conversationId();
      file.clientMessageId = item.clientMessageId();
      file.claimedAt = now;
    }
    return new Outcome(
        files.stream().map(file -> new ClaimedFile(file.view(), file.sha256)).toList(), null);
  }

  private static boolean mayClaim(Attachment file, Item item) {
    return file.conversationId == null
        || (item.conversationId().equals(file.conversationId)
            && item.clientMessageId().equals(file.clientMessageId));
  }

  private static Outcome refused(Problem problem, String message) {
    return new Outcome(null, new MessageBatch.Refusal(problem.code(), "attachment_ids", message));
  }
}
