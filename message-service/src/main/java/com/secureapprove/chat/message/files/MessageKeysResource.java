package com.secureapprove.chat.message.files;

import com.secureapprove.chat.contracts.AttachmentClaims.Existing;
import com.secureapprove.chat.contracts.AttachmentClaims.Key;
import com.secureapprove.chat.contracts.AttachmentClaims.Keys;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/// Answers attachment-service's orphan sweeper which claimed files belong to a stored message.
@Path("/internal/message-keys")
@RolesAllowed("part:attachment")
@RunOnVirtualThread
class MessageKeysResource {
  private static final int MAX_KEYS = 1_000;

  private final Session entities;
  private final Caller caller;

  MessageKeysResource(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  @POST
  @Transactional
  public Existing existing(Keys keys) {
    if (keys.keys() == null || keys.keys().size() > MAX_KEYS) {
      throw ProblemException.invalid("keys", "must be at most " + MAX_KEYS);
    }
    if (keys.keys().stream().anyMatch(key -> key.attachmentId() == null)) {
      throw ProblemException.invalid("attachment_id", "must be given");
    }
    List<?> exists =
        entities
            .createNativeQuery(
                """
                select m.id is not null
                from unnest(cast(:conversations as uuid[]), cast(:senders as text[]),
                            cast(:keys as text[]), cast(:files as text[]))
                     with ordinality k(conversation_id, sender_id, client_message_id, file_id, n)
                left join message m on m.tenant = :tenant
                  and m.conversation_id = k.conversation_id and m.sender_id = k.sender_id
                  and m.client_message_id = k.client_message_id
                  and m.attachments
                      @> jsonb_build_array(jsonb_build_object('id', k.file_id))
                order by k.n
                """)
            .setParameter("tenant", caller.tenant())
            .setParameter(
                "conversations", keys.keys().stream().map(Key::conversationId).toArray(UUID[]::new))
            .setParameter("senders", keys.keys().stream().map(Key::senderId).toArray(String[]::new))
            .setParameter(
                "keys", keys.keys().stream().map(Key::clientMessageId).toArray(String[]::new))
            .setParameter(
                "files",
                keys.keys().stream()
                    .map(key -> key.attachmentId().toString())
                    .toArray(String[]::new))
            .getResultList();
    return new Existing(exists.stream().map(Boolean.class::cast).toList());
  }
}
