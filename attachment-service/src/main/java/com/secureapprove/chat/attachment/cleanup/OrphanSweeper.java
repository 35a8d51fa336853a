package com.secureapprove.chat.attachment.cleanup;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.attachment.store.BlobStore;
import com.secureapprove.chat.contracts.AttachmentClaims;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import com.secureapprove.chat.serviceplatform.database.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Periodically deletes uploads that no message uses, for all tenants.
///
/// A claimed file is deleted only after message-service has confirmed that the message does not
/// exist.
@Singleton
class OrphanSweeper {
  private static final Logger LOG = Logger.getLogger(OrphanSweeper.class);
  private static final int BATCH = 200;

  private final Tenants tenants;
  private final BlobStore store;
  private final MessageKeysClient messages;
  private final ServiceCalls calls;
  private final CleanupConfig config;
  private final Clock clock = Clock.systemUTC();

  OrphanSweeper(
      Tenants tenants,
      BlobStore store,
      @RestClient MessageKeysClient messages,
      ServiceCalls calls,
      CleanupConfig config) {
    this.tenants = tenants;
    this.store = store;
    this.messages = messages;
    this.calls = calls;
    this.config = config;
  }

  @Scheduled(
      every = "${chat.cleaning.every:10m}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    Instant before = clock.instant().minus(config.patience());
    for (String tenant : tenants.in("tenant_with_files")) {
      try {
        Caller.callAs(
            tenant,
            () -> {
              removeUnclaimed(before);
              checkClaimed(before);
              return null;
            });
      } catch (Exception e) {
        LOG.warnf("attachment_cleanup_failed tenant=%s reason=%s", tenant, Reason.of(e));
      }
    }
  }

  /// Deletes all files of a deleted conversation.
  void removeConversation(UUID conversation) {
    List<UUID> ids =
        QuarkusTransaction.requiringNew()
            .call(() ->
                Attachment.find("select id from Attachment where conversationId = ?1", conversation)
                    .project(UUID.class)
                    .list());
    for (UUID id : ids) {
      remove(id, Instant.MAX);
    }
  }

  private void removeUnclaimed(Instant before) {
    for (Attachment file : old("conversationId is null and uploadedAt < ?1", before)) {
      remove(file.id, before);
    }
  }

  private void checkClaimed(Instant before) {
    List<Attachment> files = old("conversationId is not null and claimedAt < ?1", before);
    if (files.isEmpty()) {
      return;
    }
    List<AttachmentClaims.Key> keys = new ArrayList<>();
    for (Attachment file : files) {
      if (file.conversationId != null && file.clientMessageId != null) {
        keys.add(
            new AttachmentClaims.Key(
                file.conversationId, file.uploaderId, file.clientMessageId, file.id));
      }
    }
    List<Boolean> exists =
        calls
            .asComponent(
                "message", token -> messages.existing(token, new AttachmentClaims.Keys(keys)))
            .exists();
    for (int i = 0; i < files.size(); i++) {
      UUID id = files.get(i).id;
      if (exists.get(i)) {
        QuarkusTransaction.requiringNew()
            .run(() -> Attachment.update("confirmed = true where id = ?1", id));
      } else {
        remove(id, before);
      }
    }
  }

  private static List<Attachment> old(String condition, Instant before) {
    return QuarkusTransaction.requiringNew()
        .call(() ->
            Attachment.<Attachment>find(
                    "not confirmed and " + condition + " order by uploadedAt", before)
                .page(0, BATCH)
                .list());
  }

  /// Deletes a file unless it was claimed in between. Deletes the row last, so that a failure of
  /// the store leads to another attempt.
  private void remove(UUID id, Instant before) {
    QuarkusTransaction.requiringNew()
        .call(() -> {
          Attachment file = Attachment.findById(id, LockModeType.PESSIMISTIC_WRITE);
          if (file != null && (file.claimedAt == null || file.claimedAt.isBefore(before))) {
            store.delete(file.thumbnail());
            store.delete(file.bytes());
            file.delete();
          }
          return file;
        });
  }
}
