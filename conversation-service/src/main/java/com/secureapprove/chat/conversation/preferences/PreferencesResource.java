package com.secureapprove.chat.conversation.preferences;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.conversation.listing.ConversationViews;
import com.secureapprove.chat.conversation.membership.Conversation;
import com.secureapprove.chat.conversation.membership.Participant;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import java.util.function.BiConsumer;

/// The endpoints that archive and mute a conversation for the caller.
///
/// An archived conversation stores the `seq` at which it was archived. A newer message makes it
/// active again, unless it is also muted.
@Path("/api/chat/conversations")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class PreferencesResource {

  record Done(String status) {}

  private final ConversationViews views;
  private final Outbox outbox;
  private final Caller caller;

  PreferencesResource(ConversationViews views, Outbox outbox, Caller caller) {
    this.views = views;
    this.outbox = outbox;
    this.caller = caller;
  }

  /// Archives the conversation until the next message.
  @PATCH
  @Path("/{id}/archive")
  public Done archive(@PathParam("id") UUID id) {
    long seen =
        views.one(id).lastSeq(); // also covers a message whose event has not arrived here yet
    change(id, (conversation, me) -> me.archivedAtSeq = Math.max(seen, conversation.lastSeq));
    return new Done("archived");
  }

  /// Unarchives the conversation.
  @PATCH
  @Path("/{id}/unarchive")
  public Done unarchive(@PathParam("id") UUID id) {
    change(id, (_, me) -> me.archivedAtSeq = null);
    return new Done("unarchived");
  }

  /// Mutes the conversation: it causes no notifications and does not count in the unread totals.
  @PATCH
  @Path("/{id}/mute")
  public Done mute(@PathParam("id") UUID id) {
    change(
        id,
        (conversation, me) -> {
          if (!me.isArchivedAt(conversation.lastSeq)) {
            me.archivedAtSeq = null; // it is active again; muting must not archive it
          }
          me.muted = true;
        });
    return new Done("muted");
  }

  /// Unmutes the conversation.
  @PATCH
  @Path("/{id}/unmute")
  public Done unmute(@PathParam("id") UUID id) {
    change(
        id,
        (conversation, me) -> {
          if (me.muted && me.archivedAtSeq != null) {
            me.archivedAtSeq =
                conversation
                    .lastSeq; // messages that arrived while it was muted must not unarchive it
          }
          me.muted = false;
        });
    return new Done("unmuted");
  }

  private void change(UUID id, BiConsumer<Conversation, Participant> update) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Conversation conversation = Conversation.requireLocked(id);
          Participant me = Participant.require(id, caller.user().userId());
          update.accept(conversation, me);
          outbox.append(
              id.toString(),
              conversation.version,
              new ChatEvent.ConversationPreferencesChanged(
                  id,
                  me.userId,
                  me.isArchivedAt(conversation.lastSeq),
                  me.muted,
                  me.archivedAtSeq));
        });
  }
}
