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

/// Putting away and muting, for oneself.
///
/// What is archived comes back by itself with the next message, because only the place is kept up
/// to which it was put away; muted, it stays away.
@Path("/api/chat/conversations")
@RolesAllowed("user")
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

  /// Puts it away until somebody says something.
  @PATCH
  @Path("/{id}/archive")
  public Done archive(@PathParam("id") UUID id) {
    long seen = views.one(id).lastSeq(); // a message that is on its way to our copy was seen too
    arrange(id, (conversation, me) -> me.archivedAtSeq = Math.max(seen, conversation.lastSeq));
    return new Done("archived");
  }

  /// Takes it back into the list.
  @PATCH
  @Path("/{id}/unarchive")
  public Done unarchive(@PathParam("id") UUID id) {
    arrange(id, (_, me) -> me.archivedAtSeq = null);
    return new Done("unarchived");
  }

  /// Has the caller not called for by it.
  @PATCH
  @Path("/{id}/mute")
  public Done mute(@PathParam("id") UUID id) {
    arrange(
        id,
        (conversation, me) -> {
          if (!me.isArchivedAt(conversation.lastSeq)) {
            me.archivedAtSeq = null; // it has come back, and muting does not put it away again
          }
          me.muted = true;
        });
    return new Done("muted");
  }

  /// Has the caller called for by it again.
  @PATCH
  @Path("/{id}/unmute")
  public Done unmute(@PathParam("id") UUID id) {
    arrange(
        id,
        (conversation, me) -> {
          if (me.muted && me.archivedAtSeq != null) {
            me.archivedAtSeq = conversation.lastSeq; // what came meanwhile does not bring it back
          }
          me.muted = false;
        });
    return new Done("unmuted");
  }

  private void arrange(UUID id, BiConsumer<Conversation, Participant> change) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Conversation conversation = Conversation.requireLocked(id);
          Participant me = Participant.require(id, caller.user().userId());
          change.accept(conversation, me);
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
