package com.secureapprove.chat.gateway.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipIndexTest {
  private static final UUID CONVERSATION = UUID.randomUUID();

  private final MembershipIndex index = new MembershipIndex();

  @BeforeEach
  void enter() {
    index.enter("alice");
    index.enter("bob");
  }

  @Test
  void anEventNeedsALookupUntilTheIndexIsAsNewAsTheEvent() {
    EventEnvelope renamed = event(4, new ChatEvent.ConversationUpdated(CONVERSATION, "t", "alice"));
    assertThat(index.missingFor(renamed)).contains(new MembershipIndex.Need(CONVERSATION, 3));
    index.learn(CONVERSATION, 3, Set.of("alice"));
    assertThat(index.missingFor(renamed)).isEmpty();
    assertThat(index.in(CONVERSATION)).containsExactly("alice");
  }

  @Test
  void consecutiveChangesNeedNoLookupAndAGapDoes() {
    index.learn(CONVERSATION, 1, Set.of("alice"));
    index.apply(added(2, "bob"));
    assertThat(index.missingFor(removed(3, "bob"))).isEmpty();
    assertThat(index.missingFor(removed(4, "bob"))).isPresent();
  }

  @Test
  void anOlderChangeIsIgnored() {
    index.learn(CONVERSATION, 1, Set.of("alice", "bob"));
    index.apply(removed(3, "bob"));
    index.apply(added(2, "bob"));
    assertThat(index.isIn("bob", CONVERSATION)).isFalse();
  }

  @Test
  void anOlderListOfAPersonsConversationsDoesNotBringThePersonBack() {
    Map<UUID, MembershipIndex.Participation> before = index.of("bob");
    index.learn(CONVERSATION, 7, Set.of("alice"));
    index.replace("bob", before, List.of(new Membership.Entry(CONVERSATION, 6)));
    assertThat(index.isIn("bob", CONVERSATION)).isFalse();
  }

  @Test
  void aListOfAPersonsConversationsEndsTheOthers() {
    index.learn(CONVERSATION, 2, Set.of("bob"));
    index.replace("bob", index.of("bob"), List.of());
    assertThat(index.isIn("bob", CONVERSATION)).isFalse();
  }

  @Test
  void aPersonWhoReturnsIsInNoConversationUntilItIsLoaded() {
    index.learn(CONVERSATION, 2, Set.of("alice", "bob"));
    long stay = index.stayOf("bob");
    index.leave("bob");
    assertThat(index.stayOf("bob")).isEqualTo(MembershipIndex.ABSENT);
    index.enter("bob");
    assertThat(index.stayOf("bob")).isNotEqualTo(stay);
    assertThat(index.isIn("bob", CONVERSATION)).isFalse();
    index.replace("bob", Map.of(), List.of(new Membership.Entry(CONVERSATION, 2)));
    assertThat(index.isIn("bob", CONVERSATION)).isTrue();
  }

  private static EventEnvelope added(long version, String person) {
    return event(version, new ChatEvent.ParticipantAdded(CONVERSATION, List.of(person), "alice"));
  }

  private static EventEnvelope removed(long version, String person) {
    return event(version, new ChatEvent.ParticipantRemoved(CONVERSATION, person, "alice"));
  }

  private static EventEnvelope event(long version, ChatEvent data) {
    return new EventEnvelope(UUID.randomUUID(), "acme", "any", version, Instant.now(), data);
  }
}
