package com.secureapprove.chat.systemtests.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Events happen while a client disconnects and reconnects. Its old state with the missed events
/// applied must equal the state of a new client.
@ExtendWith(RunningSuite.class)
class CatchingUpST {
  private static final int ABSENCES = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Suite suite;
  private final List<String> done = new ArrayList<>();
  private final Map<String, List<ChatUser>> groups = new LinkedHashMap<>();
  private List<ChatUser> people = List.of();
  private Random random = new Random();

  CatchingUpST(Suite suite) {
    this.suite = suite;
  }

  /// `-Dchat.seed` sets another seed.
  static LongStream seeds() {
    Long seed = Long.getLong("chat.seed");
    return seed == null ? LongStream.of(1, 2) : LongStream.of(seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatWasMissedAppliedToTheOldStateGivesTheFreshOne(long seed) {
    random = new Random(seed);
    people = suite.newTenant().people("alice", "bob", "carol", "dan");
    ChatUser alice = people.getFirst();
    ClientState state = new ClientState(alice);
    String position;
    try (Socket first = alice.open("")) {
      position = first.await("connected").path("event_id").asText();
    }
    state.reload();
    try {
      for (int absence = 0; absence < ABSENCES; absence++) {
        int events = random.nextInt(12);
        for (int i = 0; i < events; i++) {
          act();
        }
        position = comeBack(alice, state, position);
      }
    } catch (AssertionError | RuntimeException failure) {
      failure.addSuppressed(new AssertionError("seed %d: %s".formatted(seed, done)));
      throw failure;
    }
  }

  /// Reconnects, applies the missed events, stays for a while and disconnects. Returns the resume
  /// position.
  private String comeBack(ChatUser alice, ClientState state, String from) {
    done.add("alice is back");
    try (Socket socket = alice.open("?last_event_id=" + from)) {
      assertThat(socket.await("connected").path("event_id").asText()).isEqualTo(from);
      int applied = 0;
      int stays = random.nextInt(4);
      for (int i = 0; i < stays; i++) {
        act();
      }
      Instant end = Instant.now().plus(PATIENCE);
      while (true) {
        socket.ping();
        List<JsonNode> frames = socket.frames();
        for (; applied < frames.size(); applied++) {
          JsonNode frame = frames.get(applied);
          assertThat(frame.path("type").asText()).isNotEqualTo("resync");
          state.apply(frame);
        }
        Map<String, String> fresh = state.fresh();
        if (fresh.equals(state.shown())) {
          // all received frames are applied, so this is the resume position
          return lastPosition(frames);
        }
        if (Instant.now().isAfter(end)) {
          assertThat(state.shown()).as("frames %s", frames).isEqualTo(fresh);
          fail("it changed at the last moment");
        }
      }
    } finally {
      done.add("alice goes");
    }
  }

  private static String lastPosition(List<JsonNode> frames) {
    return frames.stream()
        .filter(frame -> frame.has("event_id"))
        .toList()
        .getLast()
        .path("event_id")
        .asText();
  }

  private void act() {
    if (groups.size() < 3) {
      start();
      return;
    }
    String group = pick(List.copyOf(groups.keySet()));
    List<ChatUser> inside = groups.get(group);
    String path = "conversations/" + group + "/";
    ChatUser one = pick(inside);
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4 -> {
        note("%s speaks", one, group);
        one.say(group, "said " + done.size());
      }
      case 5, 6 -> {
        note("%s reads", one, group);
        one.post(path + "mark_read/", Map.of()).expect(200);
      }
      case 7 -> {
        note("%s reads a part", one, group);
        JsonNode history = one.get(path + "messages/").expect(200);
        if (!history.isEmpty()) {
          String upTo = history.path(random.nextInt(history.size())).path("id").asText();
          one.post(path + "mark_read/", Map.of("up_to", upTo)).expect(200);
        }
      }
      case 8 -> add(group, inside, one);
      case 9 -> remove(group, inside, one);
      case 10 -> {
        ChatUser owner = inside.getFirst();
        note("%s renames", owner, group);
        owner.patch(path + "update_title/", Map.of("title", "title " + done.size())).expect(200);
      }
      case 11, 12 -> {
        String what = pick(List.of("archive", "unarchive", "mute", "unmute"));
        note("%s does " + what, one, group);
        one.patch(path + what + "/").expect(200);
      }
      case 13 -> start();
      default -> throw new IllegalStateException();
    }
  }

  private void start() {
    ChatUser owner = pick(people);
    List<ChatUser> others =
        new ArrayList<>(people.stream().filter(person -> !person.equals(owner)).toList());
    while (others.size() > 1 && random.nextBoolean()) {
      others.remove(random.nextInt(others.size()));
    }
    String title = "group " + UUID.randomUUID();
    String id =
        owner
            .post(
                "conversations/start_group/",
                Map.of(
                    "participant_ids", others.stream().map(ChatUser::id).toList(), "title", title))
            .expect(201)
            .path("id")
            .asText();
    List<ChatUser> inside = new ArrayList<>(List.of(owner));
    inside.addAll(others);
    groups.put(id, inside);
    note("%s starts with " + others, owner, id);
  }

  private void add(String group, List<ChatUser> inside, ChatUser by) {
    List<ChatUser> outside = people.stream().filter(person -> !inside.contains(person)).toList();
    if (!outside.isEmpty()) {
      ChatUser added = pick(outside);
      note("%s adds " + added, by, group);
      by.post(
              "conversations/" + group + "/add_participants/",
              Map.of("participant_ids", List.of(added.id())))
          .expect(200);
      inside.add(added);
    }
  }

  /// A member leaves, or is removed by the owner; the last one out deletes the group. Owners stay
  /// while there is another member.
  private void remove(String group, List<ChatUser> inside, ChatUser leaving) {
    ChatUser owner = inside.getFirst();
    ChatUser by = random.nextBoolean() ? owner : leaving;
    if (leaving.equals(owner) && inside.size() > 1) {
      return;
    }
    note("%s is taken out by " + by, leaving, group);
    by.post(
            "conversations/" + group + "/remove_participant/",
            Map.of("participant_id", leaving.id()))
        .expect(200);
    inside.remove(leaving);
    if (inside.isEmpty()) {
      groups.remove(group);
    }
  }

  private void note(String what, ChatUser who, String group) {
    done.add(what.formatted(who) + " in " + group.substring(group.length() - 4));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
