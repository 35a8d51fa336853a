package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import com.secureapprove.chat.faultsuite.clients.World.KeptFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A device's messages under way: each is sent until its fate is known, and of a conversation one
/// at a time, so that none overtakes.
final class Sending {

  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

  /// The codes after which a repeat is useless, and their status over REST.
  private static final Map<String, Integer> REFUSALS =
      Map.of("not-found", 404, "forbidden", 403, "conflict", 409, "invalid", 400);

  private final Api api;
  private final Notebook notebook;
  private final World world;
  private final String person;
  private final Random random;

  /// By conversation.
  private final Map<String, Sent> waiting = new HashMap<>();

  private record Sent(Outgoing what, long againAt) {}

  Sending(Api api, Notebook notebook, World world, String person, Random random) {
    this.api = api;
    this.notebook = notebook;
    this.world = world;
    this.person = person;
    this.random = random;
  }

  boolean isWaiting(String conversation) {
    return waiting.containsKey(conversation);
  }

  /// How many messages are under way.
  int waiting() {
    return waiting.size();
  }

  /// A new connection is open: sends over the former one may be lost.
  void again(Line line) {
    waiting.values().forEach(sent -> line.send(sent.what().frame()));
  }

  /// Checks the outcome of sends, and repeats those without an answer in time.
  void hearOutcomes(@Nullable Line line) {
    for (Sent sent : List.copyOf(waiting.values())) {
      Outgoing what = sent.what();
      JsonNode outcome = notebook.outcome(what.key());
      if (outcome == null) {
        if (System.nanoTime() - sent.againAt() > 0) {
          attempt(what, line);
        }
      } else if (outcome.path("type").asText().equals("ack")) {
        acknowledged(what);
      } else if (REFUSALS.containsKey(outcome.path("code").asText())) {
        String code = outcome.path("code").asText();
        if (!world.refusals(what.conversation(), person).contains(REFUSALS.get(code))) {
          world.answers().wrong("a send, by frame: %s".formatted(code));
        }
        waiting.remove(what.conversation());
      } else {
        // it will be tried again when its time has come
        waiting.put(what.conversation(), new Sent(what, System.nanoTime() + 500_000_000L));
      }
    }
  }

  private void acknowledged(Outgoing what) {
    waiting.remove(what.conversation());
    world.acknowledge();
    if (what.file() != null) {
      world.keep(new KeptFile(what.file(), what.conversation(), what.content()));
    }
  }

  /// Sends something new, by either road.
  ///
  /// @param line null where none is open
  void send(Outgoing what, @Nullable Line line) {
    notebook.sends(what);
    attempt(what, line);
  }

  private void attempt(Outgoing what, @Nullable Line line) {
    waiting.put(what.conversation(), new Sent(what, System.nanoTime() + ANSWERED_WITHIN.toNanos()));
    if (line != null && random.nextInt(5) > 0) {
      line.send(what.frame());
      return;
    }
    Answer answer = api.post("conversations/" + what.conversation() + "/messages/", what.body());
    if (answer.isDone()) {
      notebook.accepted(what.key(), answer.json());
      acknowledged(what);
    } else if (answer.isUncertain()) {
      waiting.put(what.conversation(), new Sent(what, System.nanoTime() + 500_000_000L));
    } else {
      Set<Integer> refusals = world.refusals(what.conversation(), person);
      world.answers().mayRefuse("send", answer, refusals);
      waiting.remove(what.conversation());
    }
  }
}
