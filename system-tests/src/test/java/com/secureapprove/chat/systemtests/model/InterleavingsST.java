package com.secureapprove.chat.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.model.GroupModel.Said;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One thing after the other, in a random order: every answer must be the model's.
@ExtendWith(RunningSuite.class)
class InterleavingsST {

  private static final int STEPS = 90;

  private final Suite suite;
  private final Map<String, ChatUser> people = new LinkedHashMap<>();
  private final GroupModel model = new GroupModel();
  private final List<String> done = new ArrayList<>();
  private ChatUser owner;
  private String path = "";

  InterleavingsST(Suite suite) {
    this.suite = suite;
  }

  /// Other seeds can be tried with `-Dchat.seed`.
  static LongStream seeds() {
    Long seed = Long.getLong("chat.seed");
    return seed == null ? LongStream.of(1, 2) : LongStream.of(seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyAnswerIsWhatTheModelSays(long seed) {
    Random random = new Random(seed);
    begin();
    try {
      for (int step = 0; step < STEPS; step++) {
        act(random, step);
        ChatUser looking = pick(random, model.inside());
        assertThat(unread(looking))
            .as("unread of %s", looking)
            .isEqualTo(model.unread(looking.id()));
      }
      people.values().stream()
          .filter(person -> model.isInside(person.id()))
          .forEach(this::checkHistory);
    } catch (AssertionError | RuntimeException failure) {
      failure.addSuppressed(new AssertionError("seed %d: %s".formatted(seed, done)));
      throw failure;
    }
  }

  private void begin() {
    for (ChatUser person : suite.newTenant().people("alice", "bob", "carol", "dan", "eve")) {
      people.put(person.id(), person);
    }
    owner = people.values().iterator().next();
    List<String> others = people.keySet().stream().filter(id -> !id.equals(owner.id())).toList();
    String group =
        owner
            .post("conversations/start_group/", Map.of("participant_ids", others))
            .expect(201)
            .path("id")
            .asText();
    path = "conversations/" + group + "/";
    people.keySet().forEach(model::join);
  }

  private void act(Random random, int step) {
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> say(pick(random, model.inside()), "k" + step, "message " + step);
      case 4 -> repeat(random);
      case 5, 6 -> read(random);
      case 7 -> fetch(pick(random, model.inside()));
      case 8 -> leave(random);
      case 9 -> join(random);
      default -> throw new IllegalStateException();
    }
  }

  private void say(ChatUser sender, String key, String content) {
    done.add("%s says %s".formatted(sender, key));
    JsonNode message =
        sender
            .post(path + "messages/", Map.of("content", content, "client_message_id", key))
            .expect(201);
    model.say(new Said(sender.id(), key, content, message.path("id").asText()));
    assertThat(message.path("seq").asInt()).isEqualTo(model.said().size());
  }

  private void repeat(Random random) {
    ChatUser sender = pick(random, model.inside());
    List<Said> before = model.saidBy(sender.id());
    if (before.isEmpty()) {
      return;
    }
    Said first = before.get(random.nextInt(before.size()));
    boolean same = random.nextBoolean();
    done.add("%s repeats %s %s".formatted(sender, first.key(), same ? "" : "with other words"));
    Answer answer =
        sender.post(
            path + "messages/",
            Map.of(
                "content",
                same ? first.content() : "other words",
                "client_message_id",
                first.key()));
    if (same) {
      assertThat(answer.expect(200).path("id").asText()).isEqualTo(first.id());
    } else {
      answer.expectProblem(409);
    }
  }

  private void read(Random random) {
    ChatUser reader = pick(random, model.inside());
    int last = model.said().size();
    int upTo = last == 0 || random.nextInt(3) == 0 ? last : 1 + random.nextInt(last);
    done.add("%s reads up to %d".formatted(reader, upTo));
    Map<String, String> body =
        upTo == last ? Map.of() : Map.of("up_to", model.said().get(upTo - 1).id());
    int marked = reader.post(path + "mark_read/", body).expect(200).path("marked_read").asInt();
    assertThat(marked).isEqualTo(model.read(reader.id(), upTo));
  }

  private void fetch(ChatUser person) {
    done.add("%s fetches".formatted(person));
    checkHistory(person);
  }

  private void leave(Random random) {
    List<String> others = model.inside().stream().filter(id -> !id.equals(owner.id())).toList();
    if (others.isEmpty()) {
      return;
    }
    ChatUser leaving = pick(random, others);
    ChatUser by = random.nextBoolean() ? owner : leaving;
    done.add("%s is taken out by %s".formatted(leaving, by));
    by.post(path + "remove_participant/", Map.of("participant_id", leaving.id())).expect(200);
    model.leave(leaving.id());
    leaving.get(path + "messages/").expectProblem(403);
    leaving
        .post(path + "messages/", Map.of("content", "late", "client_message_id", "late"))
        .expectProblem(403);
  }

  private void join(Random random) {
    List<String> outside = people.keySet().stream().filter(id -> !model.isInside(id)).toList();
    if (outside.isEmpty()) {
      return;
    }
    ChatUser joining = pick(random, outside);
    done.add("%s joins".formatted(joining));
    owner
        .post(path + "add_participants/", Map.of("participant_ids", List.of(joining.id())))
        .expect(200);
    model.join(joining.id());
  }

  /// Checks one order, no missing or duplicate message, and the statuses of a sender's messages.
  private void checkHistory(ChatUser person) {
    JsonNode history = person.get(path + "messages/?limit=200").expect(200);
    model.deliver(person.id(), model.said().size());
    assertThat(Json.texts(history, "id")).isEqualTo(model.said().stream().map(Said::id).toList());
    for (int seq = 1; seq <= history.size(); seq++) {
      JsonNode message = history.path(seq - 1);
      assertThat(message.path("seq").asInt()).isEqualTo(seq);
      if (message.path("sender_id").asText().equals(person.id())) {
        assertThat(message.path("status").asText())
            .as("status of %d for %s", seq, person)
            .isEqualTo(model.statusForSender(seq));
      }
    }
  }

  private int unread(ChatUser person) {
    return person.get(path).expect(200).path("unread_count").asInt();
  }

  private ChatUser pick(Random random, List<String> ids) {
    return people.get(ids.get(random.nextInt(ids.size())));
  }
}
