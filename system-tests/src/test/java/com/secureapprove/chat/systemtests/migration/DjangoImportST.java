package com.secureapprove.chat.systemtests.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Moves both tenants of a generated installation of the Django chat, and compares what everyone
/// sees before and after.
///
/// The default size is for every run. A larger one measures:
///
/// `./chat test system-tests DjangoImportST -- -Dchat.import.messages=100000
/// -Dchat.import.files=2000`
@ExtendWith(RunningSuite.class)
class DjangoImportST {
  private static final int MESSAGES = Integer.getInteger("chat.import.messages", 400);
  private static final int FILES = Integer.getInteger("chat.import.files", 40);

  @TempDir private Path directory;

  private final Suite suite;
  private final Tenant tenant;
  private final Tenant otherTenant;
  private final List<ChatUser> people;
  private final List<ChatUser> others;

  DjangoImportST(Suite suite) {
    this.suite = suite;
    this.tenant = suite.newProvisionedTenant();
    this.otherTenant = suite.newProvisionedTenant();
    this.people = tenant.people("alice", "bob", "carol", "dave", "erin", "frank");
    this.others = otherTenant.people("alice", "grace");
  }

  @Test
  void everyoneSeesTheSameAsBeforeAlsoAfterAnImportThatWasKilled() throws Exception {
    try (OldInstallation old =
        OldInstallation.generate(suite, "old_chat", directory, people, others, MESSAGES, FILES)) {
      everythingUnusualIsIn(old.chat());
      killInTheMiddle(old);
      assertThat(people.getFirst().get("conversations/?archived=all").expect(200))
          .as("conversations appear when they are complete")
          .isEmpty();

      Comparison comparison = new Comparison(old);
      JsonNode report = old.bringTo(tenant);
      assertThat(report.path("counts").path("messages").asLong()).isGreaterThanOrEqualTo(MESSAGES);
      assertThat(Json.texts(report.path("findings"), "kind"))
          .contains(
              "file_download_only",
              "file_missing",
              "user_without_entry",
              "user_not_unique",
              "conversation_second",
              "conversation_not_visible",
              "conversation_alone",
              "message_too_long");
      comparison.compare(people);

      JsonNode again = old.bringTo(tenant);
      assertThat(again.path("counts").path("messages_new").asLong()).isZero();
      assertThat(again.path("counts").path("files_new").asLong()).isZero();
      assertThat(again.path("counts").path("conversations_new").asLong()).isZero();

      old.bringOthersTo(otherTenant);
      comparison.compare(others);
      nothingIsSharedByTheTenants(old.chat());

      old.talkOn();
      JsonNode difference = old.bringTo(tenant);
      assertThat(difference.path("counts").path("messages_new").asLong()).isPositive();
      comparison.compare(people);
      try (Socket atAlice = people.getFirst().connect()) {
        theyTalkOn(atAlice);
      }
    }
  }

  /// What the sample has by chance depends on its seed and size.
  private void everythingUnusualIsIn(OldChat old) throws Exception {
    List<OldChat.Conversation> conversations = new ArrayList<>();
    List<String> statuses = new ArrayList<>();
    for (ChatUser person : people) {
      for (OldChat.Conversation conversation : old.conversations(person.email())) {
        conversations.add(conversation);
        old.messages(conversation.id(), person.email()).stream()
            .filter(OldChat.Message::mine)
            .map(OldChat.Message::status)
            .forEach(statuses::add);
      }
    }
    assertThat(conversations)
        .anyMatch(OldChat.Conversation::archived)
        .anyMatch(OldChat.Conversation::muted)
        .anyMatch(OldChat.Conversation::latecomers)
        .anyMatch(OldChat.Conversation::isGroup)
        .anyMatch(conversation -> conversation.unread() > 0)
        .anyMatch(conversation -> conversation.unread() == 0);
    assertThat(statuses).contains("sent", "delivered", "read");
  }

  private void nothingIsSharedByTheTenants(OldChat old) throws Exception {
    ChatUser hers = people.getFirst();
    ChatUser theirs = others.getFirst();
    for (OldChat.Conversation conversation : old.conversations(hers.email())) {
      theirs.get("conversations/%s/".formatted(conversation.id())).expectProblem(404);
    }
    for (OldChat.Conversation conversation : old.conversations(theirs.email())) {
      hers.get("conversations/%s/messages/".formatted(conversation.id())).expectProblem(404);
    }
  }

  private void killInTheMiddle(OldInstallation old) throws Exception {
    try (Connection chat =
            BackingServices.shared()
                .superuser(
                    suite
                        .stack()
                        .environment(Component.MESSAGE)
                        .get("CHAT_DATABASE_URL")
                        .replaceAll(".*/", ""));
        Statement statement = chat.createStatement()) {
      chat.setAutoCommit(false);
      // The import stops before it stores the first conversations; their messages are there.
      statement.execute("lock table conversation.conversation in share row exclusive mode");
      Process process = old.importer().start(old.arguments(tenant));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            try (var rows =
                statement.executeQuery(
                    "select count(*) from message.conversation where membership_version > 0"
                        + " and tenant = '%s'".formatted(tenant.name()))) {
              rows.next();
              return rows.getLong(1) > 0 || !process.isAlive();
            }
          });
      assertThat(process.isAlive()).as("the import waits: %s", old.importer().printed()).isTrue();
      process.destroyForcibly().waitFor();
      chat.rollback();
    }
  }

  /// A running gateway delivers new messages of moved conversations, and ids without time order are
  /// no obstacle.
  private void theyTalkOn(Socket atAlice) {
    ChatUser alice = people.getFirst();
    List<String> hers = Json.texts(alice.get("conversations/?archived=all").expect(200), "id");
    for (ChatUser bob : people.subList(1, people.size())) {
      for (JsonNode his : bob.get("conversations/?archived=all").expect(200)) {
        String shared = his.path("id").asText();
        if (hers.contains(shared) && his.path("last_seq").asInt() > 2) {
          theyTalkOn(alice, atAlice, bob, shared);
          return;
        }
      }
    }
    throw new AssertionError("nobody shares a conversation with alice");
  }

  private static void theyTalkOn(ChatUser alice, Socket atAlice, ChatUser bob, String shared) {
    List<JsonNode> before = Comparison.history(bob, UUID.fromString(shared));
    JsonNode said = bob.say(shared, "and on it goes");
    assertThat(said.path("seq").asInt()).isEqualTo(before.size() + 1);
    atAlice.await(
        "message_created", frame -> frame.path("message").path("id").equals(said.path("id")));
    String anchor = before.get(0).path("id").asText();
    String path = "conversations/%s/messages/?since_id=%s".formatted(shared, anchor);
    assertThat(Json.texts(alice.get(path).expect(200), "id").getFirst())
        .isEqualTo(before.get(1).path("id").asText());
    alice.post("conversations/%s/mark_read/".formatted(shared)).expect(200);
    assertThat(
            alice
                .get("conversations/%s/".formatted(shared))
                .expect(200)
                .path("unread_count")
                .asInt())
        .isZero();
  }
}
