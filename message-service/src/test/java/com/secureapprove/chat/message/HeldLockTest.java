package com.secureapprove.chat.message;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// A replica that hangs in a transaction, or whose machine has failed, holds the row of a
/// conversation.
@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class HeldLockTest {
  @Inject DataSource database;

  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");

  @Test
  void whoeverNeedsItIsToldToComeBackUntilItIsTakenFromTheHolder() throws SQLException {
    UUID held = TestSender.conversationOf(alice, bob);
    UUID free = TestSender.conversationOf(alice, bob);
    try (Connection hanging = database.getConnection()) {
      hanging.setAutoCommit(false);
      hang(hanging, held);
      alice.send(held, "hello", "key").then().statusCode(503).header("Retry-After", notNullValue());
      alice.send(free, "meanwhile").then().statusCode(201);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> alice.send(held, "hello", "key").statusCode() == 201);
    }
    await()
        .atMost(Duration.ofSeconds(30)) // until the pool notices that the connection was closed
        .untilAsserted(() -> alice.history(held, "").then().body("content", contains("hello")));
  }

  private static void hang(Connection connection, UUID conversation) throws SQLException {
    try (PreparedStatement tenant =
            connection.prepareStatement("select set_config('chat.tenant', 'acme', true)");
        PreparedStatement change =
            connection.prepareStatement("update conversation set last_seq = 7 where id = ?")) {
      tenant.execute();
      change.setObject(1, conversation);
      change.executeUpdate();
    }
  }
}
