package com.secureapprove.chat.conversation.groups;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class ConcurrentRemovalTest {

  @Test
  void aParticipantAddedWhileTheRemovalWaitsForTheLockIsRemoved() throws SQLException {
    String id = ConversationCalls.group("ann.acme", "ben.acme");
    CompletableFuture<Response> removal;
    try (Connection database = BackingServices.shared().superuser(ConversationStores.DATABASE);
        Statement statement = database.createStatement()) {
      database.setAutoCommit(false);
      change(
          database,
          "update conversation.conversation set participant_count = 3 where id = ?",
          UUID.fromString(id));
      removal =
          CompletableFuture.supplyAsync(() ->
              ConversationCalls.of("ann.acme")
                  .body(Map.of("participant_id", "cleo.acme"))
                  .post(ConversationCalls.CONVERSATIONS + id + "/remove_participant/"));
      await().atMost(Duration.ofSeconds(30)).until(() -> somebodyWaits(statement));
      change(
          database,
          "insert into conversation.participant (tenant, conversation_id, user_id, role, joined_at)"
              + " values ('acme', ?, 'cleo.acme', 'MEMBER', now())",
          UUID.fromString(id));
      database.commit();
    }
    removal
        .join()
        .then()
        .statusCode(200)
        .body("removed_participant.id", equalTo("cleo.acme"))
        .body("conversation.participant_count", equalTo(2));
  }

  private static void change(Connection database, String sql, UUID id) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
  }

  private static boolean somebodyWaits(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                + " and pg_backend_pid() = any(pg_blocking_pids(pid))")) {
      return rows.next();
    }
  }
}
