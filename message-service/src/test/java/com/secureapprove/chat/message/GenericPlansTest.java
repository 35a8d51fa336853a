package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The statements of the hot paths read only the rows they need: with the generic plans that the
/// service's sessions force, one long history in one large group, and statistics that hundreds of
/// small conversations dominate. PostgreSQL multiplies the selectivity of conversation and sender,
/// so it expects one message where there are thousands.
///
/// The tests share the data, which takes seconds to insert. Each uses a person of its own where a
/// position or the first message matters.
@QuarkusTest
@QuarkusTestResource(MessageStores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenericPlansTest {
  private static final int HISTORY = 20_000;
  private static final int MEMBERS = 5_000;
  private static final int SMALL_CONVERSATIONS = 400;

  /// A B-tree descent visits three or four pages and an insert about as many for each index. A plan
  /// that reads the history or the group visits hundreds.
  private static final long FEW = 100;

  private static final String[] TABLES = {"message", "participant", "conversation"};

  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");
  private final TestSender carol = TestSender.of("acme");
  private final TestSender dave = TestSender.of("acme");
  private final TestSender[] group =
      Stream.concat(
              Stream.of(alice, bob, carol, dave),
              IntStream.range(4, MEMBERS).mapToObj(_ -> TestSender.of("acme")))
          .toArray(TestSender[]::new);

  private UUID conversation;

  @BeforeEach
  void aLongHistoryInALargeGroup() {
    if (conversation == null) {
      conversation = insertHistory();
    }
  }

  private UUID insertHistory() {
    forget();
    PagesRead.sql(
        // its own reads would count
        "alter table message.message set (autovacuum_enabled = false)",
        "alter table message.participant set (autovacuum_enabled = false)",
        "alter table message.conversation set (autovacuum_enabled = false)",
        """
        insert into message.conversation (tenant, id, last_seq)
        select 'acme', gen_random_uuid(), 100 from generate_series(1, %d)
        """
            .formatted(SMALL_CONVERSATIONS),
        """
        insert into message.participant (tenant, conversation_id, user_id, joined_seq, sent_count)
        select c.tenant, c.id, c.id || '-' || p, 0, 50
        from message.conversation c, generate_series(0, 1) p where c.membership_version = 0
        """,
        """
        insert into message.message (tenant, id, conversation_id, seq, sender_id, sender_seq,
          client_message_id, fingerprint, content, created_at, updated_at)
        select c.tenant, gen_random_uuid(), c.id, n, c.id || '-' || n % 2, (n + 1) / 2,
          'old-' || n, '', 'x', now(), now()
        from message.conversation c, generate_series(1, 100) n where c.membership_version = 0
        """);
    UUID id = TestSender.conversationOf(group);
    PagesRead.sql(
        """
        insert into message.message (tenant, id, conversation_id, seq, sender_id, sender_seq,
          client_message_id, fingerprint, content, created_at, updated_at)
        select 'acme', gen_random_uuid(), '%s', n, '%s', n, 'old-' || n, '', 'x', now(), now()
        from generate_series(1, %d) n
        """
            .formatted(id, alice.id(), HISTORY),
        "update message.conversation set last_seq = %d where id = '%s'".formatted(HISTORY, id),
        """
        update message.participant
        set delivered_seq = %1$d - 1000, read_seq = %1$d - 1000, sent_count = 0
        where conversation_id = '%2$s'
        """
            .formatted(HISTORY, id),
        "update message.participant set sent_count = %d where conversation_id = '%s' and user_id = '%s'"
            .formatted(HISTORY, id, alice.id()),
        "analyze message.message, message.participant, message.conversation");
    return id;
  }

  @AfterAll
  void forget() {
    PagesRead.sql("truncate message.conversation cascade");
  }

  @Test
  void sending() {
    assertFew(() -> alice.send(conversation, "new").then().statusCode(201));
  }

  @Test
  void sendingForTheFirstTimeInALongHistory() {
    assertFew(() -> bob.send(conversation, "first").then().statusCode(201));
  }

  @Test
  void sendingAgainUnderTheSameKey() {
    alice.send(conversation, "again", "same").then().statusCode(201);
    assertFew(() -> alice.send(conversation, "again", "same").then().statusCode(200));
  }

  @Test
  void markingRead() {
    assertFew(() -> {
      alice.send(conversation, "new").then().statusCode(201);
      carol.markRead(conversation, "{}").then().statusCode(200);
    });
  }

  @Test
  void deliveredPositionsOfTheGateways() {
    int[] seq = {HISTORY - 900};
    assertFew(() -> {
      seq[0]++;
      given()
          .auth()
          .oauth2(BackingServices.shared().componentToken("gateway", "message", "acme"))
          .contentType("application/json")
          .body(
              Map.of(
                  "items",
                  List.of(
                      Map.of(
                          "conversation_id", conversation, "user_id", dave.id(), "seq", seq[0]))))
          .post("/internal/delivered")
          .then()
          .statusCode(204);
    });
  }

  @Test
  void historyPage() {
    assertFew(() -> alice.history(conversation, "?limit=10").then().statusCode(200));
  }

  @Test
  void historyPageLooksItsSenderUpOnce() {
    long pages =
        PagesRead.perCall(
            10,
            () -> alice.history(conversation, "?limit=200").then().statusCode(200),
            "participant",
            "person");
    assertThat(pages).isPositive().isLessThanOrEqualTo(20);
  }

  @Test
  void summary() {
    assertFew(() -> alice.summary(conversation).then().statusCode(200));
  }

  private static void assertFew(Runnable work) {
    assertThat(PagesRead.perCall(10, work, TABLES)).isPositive().isLessThanOrEqualTo(FEW);
  }
}
