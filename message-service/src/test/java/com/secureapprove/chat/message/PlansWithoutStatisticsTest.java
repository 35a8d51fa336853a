package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Plans read only the rows they need also where PostgreSQL has no statistics, as in a new
/// installation. All ways to a row seem to cost the same then.
@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class PlansWithoutStatisticsTest {
  private static final int HISTORY = 300;

  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");

  @Test
  void aPageReadsItsMessagesAndNoOthers() {
    UUID conversation = conversationWithHistory();
    assertThat(
            PagesRead.entriesPerCall(
                10,
                () -> alice.history(conversation, "?limit=10").then().statusCode(200),
                "message",
                "participant",
                "conversation",
                "person",
                "furthest_position"))
        .isBetween(10L, 20L);
  }

  private UUID conversationWithHistory() {
    PagesRead.sql(
        "truncate message.conversation cascade",
        "alter table message.message set (autovacuum_enabled = false)",
        "delete from pg_statistic where starelid = 'message.message'::regclass",
        "select pg_clear_relation_stats('message', 'message')");
    UUID conversation = TestSender.conversationOf(alice, bob);
    PagesRead.sql(
        """
        insert into message.message (tenant, id, conversation_id, seq, sender_id, sender_seq,
          client_message_id, fingerprint, content, created_at, updated_at)
        select 'acme', gen_random_uuid(), '%s', n, '%s', n, 'old-' || n, '', 'x', now(), now()
        from generate_series(1, %d) n
        """
            .formatted(conversation, alice.id(), HISTORY),
        "update message.conversation set last_seq = %d where id = '%s'"
            .formatted(HISTORY, conversation),
        "update message.participant set delivered_seq = %d where conversation_id = '%s'"
            .formatted(HISTORY, conversation));
    return conversation;
  }
}
