package com.secureapprove.chat.systemtests.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What `./chat import-django` does with its options, and with an old database that is not as it
/// expects.
@ExtendWith(RunningSuite.class)
class ImportOptionsST {
  private static final String DATABASE = "old_chat_of_options";

  @TempDir private Path directory;

  private final Suite suite;
  private final Tenant tenant;
  private final List<ChatUser> people;

  ImportOptionsST(Suite suite) {
    this.suite = suite;
    this.tenant = suite.newProvisionedTenant();
    this.people = tenant.people("alice", "bob", "carol", "dave");
  }

  @Test
  void aDryRunWritesNothingAndRefusedFilesCanBeLeftOut() throws Exception {
    try (OldInstallation old = generate(200, 60)) {
      JsonNode tried = old.bringTo(tenant, "--dry-run");
      assertThat(tried.path("counts").path("messages_new").asLong()).isGreaterThanOrEqualTo(200);
      assertThat(Json.texts(tried.path("findings"), "kind"))
          .contains("file_download_only", "file_missing", "user_without_entry", "user_not_unique");
      assertThat(people.getFirst().get("conversations/?archived=all").expect(200)).isEmpty();

      JsonNode moved = old.bringTo(tenant, "--refuse");
      List<String> refused = new ArrayList<>();
      moved
          .path("findings")
          .forEach(finding -> {
            if (finding.path("kind").asText().equals("file_refused")) {
              refused.add(finding.path("file").asText());
            }
          });
      assertThat(refused).isNotEmpty();
      people.forEach(person -> hasNone(person, refused));
    }
  }

  private static void hasNone(ChatUser person, List<String> refused) {
    for (JsonNode conversation : person.get("conversations/?archived=all").expect(200)) {
      UUID id = UUID.fromString(conversation.path("id").asText());
      for (JsonNode message : Comparison.history(person, id)) {
        assertThat(Json.texts(message.path("attachments"), "id"))
            .doesNotContainAnyElementsOf(refused);
        assertThat(message.path("content").asText() + message.path("attachments"))
            .as("no message is empty")
            .isNotEqualTo("[]");
      }
    }
    refused.forEach(id -> person.get("attachments/%s/download/".formatted(id)).expectProblem(404));
  }

  @Test
  void aWrongDatabaseOrTenantIsNamedBeforeAnythingIsWritten() throws Exception {
    try (OldInstallation old = generate(20, 2)) {
      Importer importer = old.importer();
      Importer.Outcome unknown =
          importer.run(
              importer.arguments(old.url(), OldInstallation.TENANT, "nowhere", old.media()));
      unknown.expect(1);
      assertThat(unknown.output()).contains("The tenant nowhere has no directory", tenant.name());

      Importer.Outcome noTenant =
          importer.run(
              "--tenant",
              tenant.name(),
              "--old-url",
              old.url(),
              "--old-user",
              "postgres",
              "--report",
              directory.resolve("report").toString());
      noTenant.expect(1);
      assertThat(noTenant.output()).contains("--old-tenant", "7 (", "8 (1 conversations)");

      try (Statement statement = old.database().createStatement()) {
        statement.execute("alter table chat_chatmessage rename column sender_id to author_id");
        statement.execute("drop table chat_userpresence");
        statement.execute("alter table chat_chatattachment alter column uploaded_at type text");
      }
      Importer.Outcome wrong = importer.run(old.arguments(tenant));
      wrong.expect(1);
      assertThat(wrong.output())
          .contains(
              "column chat_chatmessage.sender_id is missing",
              "table chat_userpresence is missing",
              "column chat_chatattachment.uploaded_at has the type text")
          .doesNotContain("Exception", "\tat ");
    }
  }

  private OldInstallation generate(int messages, int files) throws Exception {
    return OldInstallation.generate(suite, DATABASE, directory, people, List.of(), messages, files);
  }
}
