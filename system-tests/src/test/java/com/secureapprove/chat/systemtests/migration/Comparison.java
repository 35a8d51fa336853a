package com.secureapprove.chat.systemtests.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Compares what people saw in the old chat with what the gateway shows them.
final class Comparison {
  private static final List<String> RANKS = List.of("sent", "delivered", "read");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final OldChat old;
  private final Path media;

  /// The conversations whose history somebody has fetched since the import, which moves ticks.
  private final Set<UUID> fetched = new HashSet<>();

  Comparison(OldInstallation old) {
    this.old = old.chat();
    this.media = old.media();
  }

  /// Compares all that these people see: lists, histories and files.
  void compare(List<ChatUser> people) throws Exception {
    for (ChatUser person : people) {
      compareList(person);
    }
    for (ChatUser person : people) {
      for (OldChat.Conversation conversation : old.conversations(person.email())) {
        List<JsonNode> now = history(person, conversation.id());
        compareHistory(person, conversation, now, fetched.add(conversation.id()));
        compareFiles(person, conversation, now);
      }
    }
  }

  private void compareList(ChatUser person) throws Exception {
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

  private void compareHistory(
      ChatUser person, OldChat.Conversation conversation, List<JsonNode> now, boolean first)
      throws Exception {
    List<OldChat.Message> before = old.messages(conversation.id(), person.email());
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

  private void compareFiles(
      ChatUser person, OldChat.Conversation conversation, List<JsonNode> history) throws Exception {
    List<OldChat.File> before = old.files(conversation.id());
    List<String> shown =
        history.stream().flatMap(m -> Json.texts(m.path("attachments"), "id").stream()).toList();
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            before.stream().map(f -> f.id().toString()).collect(Collectors.toSet()));
    for (OldChat.File file : before) {
      Answer answer = person.get("attachments/%s/download/".formatted(file.id()));
      Path bytes = media.resolve(file.path());
      if (!Files.exists(bytes)) {
        answer.expectProblem(404);
        continue;
      }
      assertThat(answer.status()).as(file.toString()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(ByteBuffer.wrap(Files.readAllBytes(bytes)));
      assertThat(answer.header("Content-Disposition")).startsWith("attachment");
      if (Set.of("page.html", "logo.svg", "setup.exe", "data.bin").contains(file.filename())) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        person.get("attachments/%s/thumbnail/".formatted(file.id())).expectProblem(404);
      }
    }
  }

  /// All messages of a conversation, oldest first.
  static List<JsonNode> history(ChatUser person, UUID conversation) {
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
}
