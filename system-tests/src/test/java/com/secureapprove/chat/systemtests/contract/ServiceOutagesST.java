package com.secureapprove.chat.systemtests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// While a component is down, requests that need it are 503 with a time to retry; others are
/// answered without its data.
@ExtendWith(RunningSuite.class)
class ServiceOutagesST {

  private final Suite suite;
  private final ContractSamples samples;

  ServiceOutagesST(Suite suite) {
    this.suite = suite;
    samples = new ContractSamples(suite);
  }

  @Test
  void withoutConversationServiceThereAreNoConversations() {
    without(
        Component.CONVERSATION,
        List.of(
            "listConversations",
            "unread",
            "start",
            "startGroup",
            "conversation",
            "participants",
            "setRole",
            "addParticipants",
            "removeParticipant",
            "updateTitle",
            "archive",
            "unarchive",
            "mute",
            "unmute",
            "typing"),
        () -> {});
  }

  @Test
  void withoutMessageServiceListsSayWhatIsMissing() {
    String group = samples.newGroup();
    without(
        Component.MESSAGE,
        List.of("history", "send", "markRead", "receipts", "publishNotification"),
        () -> {
          Answer list = samples.alice().get("conversations/");
          assertThat(list.header("Chat-Degraded")).isEqualTo("messages");
          for (JsonNode conversation : list.expect(200)) {
            assertThat(conversation.path("unread_count").isNull()).isTrue();
            assertThat(conversation.path("last_message").isNull()).isTrue();
          }
          for (String what : List.of("archive", "mute", "unmute", "unarchive")) {
            samples.alice().patch("conversations/" + group + "/" + what + "/").expect(200);
          }
          samples.alice().get("conversations/" + group + "/").expect(200);
          samples.alice().get("conversations/" + group + "/participants/").expect(200);
        });
  }

  @Test
  void withoutPresenceServiceThereIsNoDirectory() {
    String late = suite.issuer().token(samples.tenant().name(), "late");
    samples.tenant().enter(List.of("late"), true);
    without(
        Component.PRESENCE,
        List.of(
            "presence",
            "listUsers",
            "listAccounts",
            "unlinkAccounts",
            "unlinkIssuer",
            "scimConfiguration",
            "scimSchemas",
            "scimResourceTypes",
            "createUser",
            "user",
            "replaceUser",
            "patchUser",
            "deleteUser"),
        () -> {
          Operation me = suite.contracts().rest().operation("me");
          assertUnavailable(samples.send(samples.good(me, late, "")));
          samples.alice().get("conversations/").expect(200);
        });
  }

  @Test
  void withoutAttachmentServiceAMessageWithFilesIsNotSentAndOneWithoutIs() {
    String messages = "conversations/" + samples.newGroup() + "/messages/";
    without(
        Component.ATTACHMENT,
        List.of("upload", "download", "thumbnail"),
        () -> {
          assertUnavailable(
              samples
                  .alice()
                  .send(
                      "POST",
                      messages,
                      ContractSamples.FORM,
                      BodyPublishers.ofByteArray(
                          ContractSamples.form("attachments", ContractSamples.png()))));
          samples.alice().post(messages, Map.of("content", "without files")).expect(201);
          assertThat(samples.bob().get(messages).expect(200)).hasSize(1);
        });
  }

  private void without(Component component, List<String> operations, Runnable besides) {
    RestContract rest = suite.contracts().rest();
    Map<String, String> ids = new LinkedHashMap<>();
    operations.forEach(id -> ids.put(id, samples.id(rest.operation(id))));
    suite.stack().kill(component);
    try {
      ids.forEach((name, id) -> {
        Operation operation = rest.operation(name);
        assertUnavailable(samples.send(samples.good(operation, samples.token(operation), id)));
      });
      besides.run();
    } finally {
      suite.stack().start(component);
    }
  }

  private static void assertUnavailable(Answer answer) {
    answer.expectProblem(503);
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
  }
}
