package com.secureapprove.chat.systemtests.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Moves a generated installation of the Django chat, and compares what people see before and
/// after. Takes minutes, so it runs by its own command:
///
/// `./chat test system-tests DjangoImportST -- -Dchat.import.messages=1200 -Dchat.import.files=60`
@EnabledIfSystemProperty(named = "chat.import.messages", matches = "\\d+")
@ExtendWith(RunningSuite.class)
class DjangoImportST {
  private static final String DATABASE = "old_chat";

  private static final int MESSAGES = Integer.getInteger("chat.import.messages", 1_200);

  private static final int FILES = Integer.getInteger("chat.import.files", 60);
  private static final List<String> RANKS = List.of("sent", "delivered", "read");

  @TempDir private Path directory;

  private final Suite suite;
  private final Tenant tenant;
  private final List<ChatUser> people;
  private Importer importer;
  private Path media;

  DjangoImportST(Suite suite) {
    this.suite = suite;
    this.tenant = suite.newProvisionedTenant();
    this.people = tenant.people("alice", "bob", "carol", "dave");
  }

  @BeforeEach
  void prepare() throws Exception {
    importer = new Importer(suite, directory);
    media = Files.createDirectories(directory.resolve("media"));
  }

  @Test
  void everyoneSeesTheSameAsBeforeAlsoAfterAnImportThatWasKilled() throws Exception {
    String url = sample(MESSAGES, FILES);
    try (Connection database = BackingServices.shared().superuser(DATABASE)) {
      OldChat old = new OldChat(database);
      killInTheMiddle(url);
      assertThat(people.getFirst().get("conversations/?archived=all").expect(200))
          .as("conversations appear when they are complete")
          .isEmpty();

      JsonNode report = importer.bring(url, tenant.name(), media);
      assertThat(report.path("counts").path("messages").asLong()).isGreaterThanOrEqualTo(MESSAGES);
      compareEverything(old, new HashSet<>());

      JsonNode again = importer.bring(url, tenant.name(), media);
      assertThat(again.path("counts").path("messages_new").asLong()).isZero();
      assertThat(again.path("counts").path("files_new").asLong()).isZero();
      assertThat(again.path("counts").path("conversations_new").asLong()).isZero();
      compareEverything(old, null);

      theyTalkOnInTheOldChat(database);
      JsonNode difference = importer.bring(url, tenant.name(), media);
      assertThat(difference.path("counts").path("messages_new").asLong()).isPositive();
      compareEverything(old, null);
      try (Socket atAlice = people.getFirst().connect()) {
        theyTalkOn(atAlice);
      }
    }
  }

  /// Adds a message to each 1-to-1, as the old chat does: it raises the unread count of the other
  /// person, and an archived conversation comes back.
  private static void theyTalkOnInTheOldChat(Connection database) throws Exception {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          """
          create temp table pair as
            select p.conversation_id, min(p.user_id) as sender, max(p.user_id) as other
            from chat_chatparticipant p join chat_chatconversation c on c.id = p.conversation_id
            where c.tenant_id = 7 and not c.is_group
            group by p.conversation_id having count(*) = 2;
          insert into chat_chatmessage (id, conversation_id, sender_id, content, has_attachments,
            status, created_at, updated_at)
            select gen_random_uuid(), conversation_id, sender, 'one more', false, 'sent',
              now() + row_number() over () * interval '1 second', now() from pair;
          insert into chat_chatmessagedelivery (message_id, recipient_id, sent_at)
            select m.id, pair.other, now() from chat_chatmessage m
            join pair using (conversation_id) where m.content = 'one more';
          update chat_chatparticipant p set unread_count = unread_count + 1
            from pair where pair.conversation_id = p.conversation_id and pair.other = p.user_id;
          update chat_chatparticipant p set is_archived = false
            from pair where pair.conversation_id = p.conversation_id and not p.is_muted;
          """);
    }
  }

  private void killInTheMiddle(String url) throws Exception {
    try (Connection chat =
            BackingServices.shared()
                .superuser(
                    suite
                        .stack()
                        .environment(com.secureapprove.chat.localstack.stack.Component.MESSAGE)
                        .get("CHAT_DATABASE_URL")
                        .replaceAll(".*/", ""));
        Statement statement = chat.createStatement()) {
      chat.setAutoCommit(false);
      // The import stops before it stores the first conversations; their messages are there.
      statement.execute("lock table conversation.conversation in share row exclusive mode");
      Process process = importer.start(importer.arguments(url, tenant.name(), media));
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
      assertThat(process.isAlive()).as("the import waits: %s", importer.printed()).isTrue();
      process.destroyForcibly().waitFor();
      chat.rollback();
    }
  }

  /// @param fetched the conversations whose history was fetched before, which moves ticks; null for
  ///   all
  private void compareEverything(OldChat old, @Nullable Set<UUID> fetched) throws Exception {
    for (ChatUser person : people) {
      compareList(old, person);
    }
    for (ChatUser person : people) {
      for (OldChat.Conversation conversation : old.conversations(person.email())) {
        compareHistory(
            old, person, conversation, fetched != null && fetched.add(conversation.id()));
        compareFiles(old, person, conversation);
      }
    }
  }

  private static void compareList(OldChat old, ChatUser person) throws Exception {
    JsonNode now = person.get("conversations/?archived=all").expect(200);
    List<OldChat.Conversation> before = old.conversations(person.email());
    assertThat(Json.texts(now, "id"))
        .as("order of the list of %s", person)
        .isEqualTo(before.stream().map(c -> c.id().toString()).toList());
    for (int i = 0; i < before.size(); i++) {
      OldChat.Conversation expected = before.get(i);
      JsonNode shown = now.get(i);
      assertThat(shown.path("unread_count").asLong())
          .as("unread of %s in %s", person, expected)
          .isEqualTo(expected.unread());
      assertThat(shown.path("is_archived").asBoolean()).isEqualTo(expected.archived());
      assertThat(shown.path("is_muted").asBoolean()).isEqualTo(expected.muted());
      assertThat(shown.path("last_message").path("content").asText(""))
          .isEqualTo(expected.lastContent());
      if (!expected.title().isEmpty()) {
        assertThat(expected.title()).startsWith(shown.path("title").asText());
      }
    }
    assertThat(Json.texts(person.get("conversations/").expect(200), "id"))
        .isEqualTo(before.stream().filter(c -> !c.archived()).map(c -> c.id().toString()).toList());
  }

  private static void compareHistory(
      OldChat old, ChatUser person, OldChat.Conversation conversation, boolean first)
      throws Exception {
    List<OldChat.Message> before = old.messages(conversation.id(), person.email());
    List<JsonNode> now = history(person, conversation.id());
    assertThat(now)
        .extracting(m -> m.path("id").asText())
        .isEqualTo(before.stream().map(m -> m.id().toString()).toList());
    for (int i = 0; i < before.size(); i++) {
      OldChat.Message expected = before.get(i);
      JsonNode shown = now.get(i);
      assertThat(shown.path("seq").asInt()).isEqualTo(i + 1);
      assertThat(shown.path("content").asText()).isEqualTo(expected.content());
      assertThat(shown.path("created_at").asText()).isEqualTo(MILLIS.format(expected.at()));
      if (!expected.senderEmail().isEmpty()) {
        assertThat(shown.path("sender_email").asText())
            .isEqualToIgnoringCase(expected.senderEmail());
      }
      String status = shown.path("status").asText();
      if (expected.mine() && first && !conversation.latecomers()) {
        assertThat(status)
            .as("tick of %s in %s", expected, conversation)
            .isEqualTo(expected.status());
      } else if (!expected.status().isEmpty()) {
        // Reading a history delivers it, and who joins later has all of it.
        assertThat(RANKS.indexOf(status))
            .as("status of %s in %s", expected, conversation)
            .isGreaterThanOrEqualTo(RANKS.indexOf(expected.status()));
        if (!conversation.latecomers()) {
          assertThat(status.equals("read")).isEqualTo(expected.status().equals("read"));
        }
      }
    }
  }

  private static final java.time.format.DateTimeFormatter MILLIS =
      java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
          .withZone(java.time.ZoneOffset.UTC);

  private static List<JsonNode> history(ChatUser person, UUID conversation) {
    List<JsonNode> messages = new ArrayList<>();
    String path = "conversations/%s/messages/?limit=200".formatted(conversation);
    while (!path.isEmpty()) {
      Answer answer = person.get(path);
      List<JsonNode> page = new ArrayList<>();
      answer.expect(200).forEach(page::add);
      messages.addAll(0, page);
      path = answer.next();
    }
    return messages;
  }

  private void compareFiles(OldChat old, ChatUser person, OldChat.Conversation conversation)
      throws Exception {
    List<OldChat.File> before = old.files(conversation.id());
    List<JsonNode> shown =
        history(person, conversation.id()).stream()
            .flatMap(m -> {
              List<JsonNode> files = new ArrayList<>();
              m.path("attachments").forEach(files::add);
              return files.stream();
            })
            .toList();
    assertThat(shown.stream().map(f -> f.path("id").asText()).collect(Collectors.toSet()))
        .isEqualTo(before.stream().map(f -> f.id().toString()).collect(Collectors.toSet()));
    for (OldChat.File file : before) {
      Answer answer = person.get("attachments/%s/download/".formatted(file.id()));
      Path bytes = media.resolve(file.path());
      if (!Files.exists(bytes)) {
        answer.expectProblem(404);
        continue;
      }
      assertThat(answer.status()).as(file.toString()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(java.nio.ByteBuffer.wrap(Files.readAllBytes(bytes)));
      assertThat(answer.header("Content-Disposition")).startsWith("attachment");
      if (Set.of("page.html", "logo.svg", "setup.exe", "data.bin").contains(file.filename())) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        person.get("attachments/%s/thumbnail/".formatted(file.id())).expectProblem(404);
      }
    }
  }

  /// A running gateway delivers new messages of moved conversations, and ids without time order are
  /// no obstacle.
  private void theyTalkOn(Socket atAlice) {
    ChatUser alice = people.get(0);
    ChatUser bob = people.get(1);
    List<String> hers = Json.texts(alice.get("conversations/?archived=all").expect(200), "id");
    String shared = "";
    for (JsonNode his : bob.get("conversations/?archived=all").expect(200)) {
      if (hers.contains(his.path("id").asText()) && his.path("last_seq").asInt() > 2) {
        shared = his.path("id").asText();
      }
    }
    List<JsonNode> before = history(bob, UUID.fromString(shared));
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

  @Test
  void aDryRunWritesNothingAndRefusedFilesCanBeLeftOut() throws Exception {
    String url = sample(200, 60);
    ChatUser alice = people.getFirst();

    JsonNode tried = importer.bring(url, tenant.name(), media, "--dry-run");
    assertThat(tried.path("counts").path("messages_new").asLong()).isGreaterThanOrEqualTo(200);
    assertThat(Json.texts(tried.path("findings"), "kind"))
        .contains("file_download_only", "file_missing", "user_without_entry", "user_not_unique");
    assertThat(alice.get("conversations/?archived=all").expect(200)).isEmpty();

    JsonNode moved;
    try (Socket atAlice = alice.connect()) {
      moved = importer.bring(url, tenant.name(), media, "--refuse");
      theyTalkOn(atAlice);
    }
    List<String> refused = new ArrayList<>();
    moved
        .path("findings")
        .forEach(finding -> {
          if (finding.path("kind").asText().equals("file_refused")) {
            refused.add(finding.path("file").asText());
          }
        });
    assertThat(refused).isNotEmpty();
    for (ChatUser person : people) {
      for (JsonNode conversation : person.get("conversations/?archived=all").expect(200)) {
        for (JsonNode message :
            history(person, UUID.fromString(conversation.path("id").asText()))) {
          assertThat(Json.texts(message.path("attachments"), "id"))
              .doesNotContainAnyElementsOf(refused);
          assertThat(message.path("content").asText() + message.path("attachments"))
              .as("no message is empty")
              .isNotEqualTo("[]");
        }
      }
      refused.forEach(
          id -> person.get("attachments/%s/download/".formatted(id)).expectProblem(404));
    }
  }

  @Test
  void aWrongDatabaseOrTenantIsNamedBeforeAnythingIsWritten() throws Exception {
    String url = sample(20, 2);
    String[] arguments = importer.arguments(url, "nowhere", media);
    Importer.Outcome unknown = importer.run(arguments);
    unknown.expect(1);
    assertThat(unknown.output()).contains("The tenant nowhere has no directory", tenant.name());

    Importer.Outcome noTenant =
        importer.run(
            "--tenant",
            tenant.name(),
            "--old-url",
            url,
            "--old-user",
            "postgres",
            "--report",
            directory.resolve("report").toString());
    noTenant.expect(1);
    assertThat(noTenant.output()).contains("--old-tenant", "7 (", "8 (1 conversations)");

    try (Connection database = BackingServices.shared().superuser(DATABASE);
        Statement statement = database.createStatement()) {
      statement.execute("alter table chat_chatmessage rename column sender_id to author_id");
      statement.execute("drop table chat_userpresence");
      statement.execute("alter table chat_chatattachment alter column uploaded_at type text");
    }
    Importer.Outcome wrong = importer.run(importer.arguments(url, tenant.name(), media));
    wrong.expect(1);
    assertThat(wrong.output())
        .contains(
            "column chat_chatmessage.sender_id is missing",
            "table chat_userpresence is missing",
            "column chat_chatattachment.uploaded_at has the type text")
        .doesNotContain("Exception", "\tat ");
  }

  private String sample(int messages, int files) throws Exception {
    String url = Importer.newDatabase(DATABASE);
    importer
        .run(
            "sample",
            "--url",
            url,
            "--user",
            "postgres",
            "--media",
            media.toString(),
            "--messages",
            "" + messages,
            "--files",
            "" + files,
            "--users",
            "" + Math.max(12, messages / 200),
            "--emails",
            people.stream().map(ChatUser::email).collect(Collectors.joining(",")))
        .expect(0);
    return url;
  }
}
