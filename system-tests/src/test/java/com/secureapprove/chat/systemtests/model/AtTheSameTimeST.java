package com.secureapprove.chat.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All people send at the same time, over REST and WebSocket. There must be one order for all, with
/// every acknowledged message once.
@ExtendWith(RunningSuite.class)
class AtTheSameTimeST {

  private static final int EACH = 20;

  private final Suite suite;

  AtTheSameTimeST(Suite suite) {
    this.suite = suite;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12})
  void thereIsOneOrderForAllAndNothingIsMissingOrDoubled(long seed) throws Exception {
    List<ChatUser> people = suite.newTenant().people("alice", "bob", "carol", "dan");
    ChatUser alice = people.getFirst();
    List<String> others = people.stream().skip(1).map(ChatUser::id).toList();
    String group =
        alice
            .post("conversations/start_group/", Map.of("participant_ids", others))
            .expect(201)
            .path("id")
            .asText();
    List<Socket> sockets = people.stream().map(ChatUser::connect).toList();
    List<Callable<Map<String, String>>> tasks = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      ChatUser person = people.get(i);
      Socket socket = sockets.get(i);
      Random random = new Random(seed * 100 + i);
      tasks.add(() -> talk(person, socket, group, random));
    }
    Map<String, String> acked = new HashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Map<String, String>> each : threads.invokeAll(tasks)) {
        acked.putAll(each.get());
      }
    }

    JsonNode history = alice.get("conversations/" + group + "/messages/?limit=200").expect(200);
    assertThat(acked).hasSize(people.size() * EACH);
    assertThat(Json.texts(history, "id")).containsExactlyInAnyOrderElementsOf(acked.values());
    assertThat(Json.texts(history, "seq"))
        .isEqualTo(IntStream.rangeClosed(1, history.size()).mapToObj(Integer::toString).toList());
    for (int i = 0; i < people.size(); i++) {
      ChatUser person = people.get(i);
      checkHeard(sockets.get(i), history);
      checkUnread(person, group, history);
      sockets.get(i).close();
    }
  }

  /// Sends, retries and reads; answers the id that was acknowledged for each key.
  private static Map<String, String> talk(
      ChatUser person, Socket socket, String group, Random random) {
    Map<String, String> acked = new HashMap<>();
    String path = "conversations/" + group + "/";
    for (int i = 0; i < EACH; i++) {
      String key = person.name() + "-" + i;
      boolean overSocket = random.nextBoolean();
      int times = 1 + random.nextInt(2);
      for (int time = 0; time < times; time++) {
        String id;
        if (overSocket != (time == 1)) {
          int before = socket.frames("ack").size();
          socket.say(group, "words of " + key, key);
          id = socket.awaitNth("ack", before).path("message").path("id").asText();
        } else {
          JsonNode message =
              person
                  .post(
                      path + "messages/",
                      Map.of("content", "words of " + key, "client_message_id", key))
                  .expect(time == 0 ? 201 : 200);
          id = message.path("id").asText();
        }
        assertThat(acked.getOrDefault(key, id)).isEqualTo(id);
        acked.put(key, id);
      }
      if (random.nextInt(4) == 0) {
        person.post(path + "mark_read/", Map.of()).expect(200);
      }
    }
    return acked;
  }

  /// A connection received messages in the common order, once, and all messages of others.
  private static void checkHeard(Socket socket, JsonNode history) {
    List<String> order = Json.texts(history, "id");
    String me = socket.frames().getFirst().path("user_id").asText();
    List<String> ofOthers = new ArrayList<>();
    for (JsonNode message : history) {
      if (!message.path("sender_id").asText().equals(me)) {
        ofOthers.add(message.path("id").asText());
      }
    }
    String last = ofOthers.getLast();
    socket.await(
        "message_created", frame -> frame.path("message").path("id").asText().equals(last));
    List<String> heard =
        socket.frames("message_created").stream()
            .map(frame -> frame.path("message").path("id").asText())
            .toList();
    assertThat(heard).doesNotHaveDuplicates().containsAll(ofOthers);
    assertThat(heard.stream().map(order::indexOf).toList()).isSorted();
  }

  private static void checkUnread(ChatUser person, String group, JsonNode history) {
    JsonNode conversation = person.get("conversations/" + group + "/").expect(200);
    long read = conversation.path("last_read_seq").asLong();
    long expected = 0;
    for (JsonNode message : history) {
      boolean mine = message.path("sender_id").asText().equals(person.id());
      expected += !mine && message.path("seq").asLong() > read ? 1 : 0;
    }
    assertThat(conversation.path("unread_count").asLong()).isEqualTo(expected);
  }
}
