package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class StatementsTest {
  @Inject @PersistenceUnitExtension StatementCounter statements;

  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");

  private UUID conversationWithMessages(int count) {
    UUID conversation = TestSender.conversationOf(alice, bob);
    String last = "";
    for (int i = 0; i < count; i++) {
      last = alice.send(conversation, "m" + i).path("id");
    }
    assertThat(last).isNotEmpty();
    return conversation;
  }

  @Test
  void historyTakesAtMostThreeStatementsAlsoWhereItMarksDelivered() {
    UUID conversation = conversationWithMessages(60);
    String first = alice.history(conversation, "?limit=1").path("[0].id");
    assertThat(
            statements.since(() -> bob.history(conversation, "?limit=50").then().statusCode(200)))
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(3);
    assertThat(
            statements.since(
                () -> bob.history(conversation, "?before_id=" + first).then().statusCode(200)))
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void summariesTakeOneStatement() {
    UUID conversation = conversationWithMessages(3);
    assertThat(statements.since(() -> bob.summary(conversation).then().statusCode(200))).hasSize(1);
  }
}
