package com.secureapprove.chat.conversation.typing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class TypingTest {
  @Inject RedisDataSource redis;

  @Test
  void typingIsPublishedOncePerSecondAndConversation() throws InterruptedException {
    String one = ConversationCalls.pair("ann.typing", "ben.typing");
    String two = ConversationCalls.pair("ann.typing", "cleo.typing");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    redis.pubsub(String.class).subscribe("chat:{typing}:typing", told::add);

    type("ann.typing", one).statusCode(200).body("status", equalTo("ok"));
    type("ann.typing", one).statusCode(200);
    type("ann.typing", two).statusCode(200);

    assertThat(told.poll(5, TimeUnit.SECONDS))
        .isEqualTo(
            "{\"conversation_id\":\""
                + one
                + "\",\"user_id\":\"ann.typing\",\"user_name\":\"ann.typing\"}");
    assertThat(told.poll(5, TimeUnit.SECONDS)).contains(two);
  }

  @Test
  void onlyParticipantsMaySignalTyping() {
    String id = ConversationCalls.pair("ann.acme", "tim.acme");

    type("mallory.acme", id).statusCode(403);
    type("ann.globex", id).statusCode(404);
    type("ann.acme", "nonsense").statusCode(400);
  }

  private static ValidatableResponse type(String user, String id) {
    return ConversationCalls.of(user)
        .post(ConversationCalls.CONVERSATIONS + id + "/typing/")
        .then();
  }
}
