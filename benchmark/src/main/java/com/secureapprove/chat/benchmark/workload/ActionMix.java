package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.BenchmarkPerson;
import com.secureapprove.chat.benchmark.load.Counts;
import com.secureapprove.chat.benchmark.load.HttpLoad;
import com.secureapprove.chat.benchmark.load.HttpLoad.Call;
import com.secureapprove.chat.benchmark.load.Load;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.CpuMeter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// B11: connected people act as on a working day, each every 20 seconds on average: 6.5 switches of
/// a conversation for each send. Actions start at a fixed rate, and latency counts from the
/// intended start.
final class ActionMix implements Workload {
  private static final String TENANT = "office";
  private static final int SECONDS_BETWEEN_ACTIONS = 20;
  private static final int CONVERSATIONS_EACH = 5;
  private static final int CONNECTING = 32;
  private static final double P99_MILLIS = 100;
  private static final Buffer FORM =
      Buffer.buffer(
          "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
              + "Content-Type: text/plain\r\n\r\n"
              + "a line of text\n".repeat(7_000)
              + "\r\n--b--\r\n");

  /// How often each action happens among 1,000.
  private enum Action {
    OPEN_CHAT("open the chat", 40),
    SWITCH("switch to a conversation", 780),
    SEND("send", 120),
    UPLOAD("upload 100 kB", 10),
    SEARCH("search people", 50);

    private final String title;
    private final int weight;

    Action(String title, int weight) {
      this.title = title;
      this.weight = weight;
    }

    static Action random(Random random) {
      int left = random.nextInt(1_000);
      for (Action action : values()) {
        left -= action.weight;
        if (left < 0) {
          return action;
        }
      }
      return SWITCH;
    }
  }

  private record Actor(BenchmarkPerson person, List<String> conversations) {}

  @Override
  public String id() {
    return "B11";
  }

  @Override
  public String description() {
    return "a working day's mix of actions of 2,000 people";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    int people = run.settings().size(2_000, 400);
    run.disconnectPairs();
    Counts counts = Counts.fresh();
    List<Actor> actors = actors(run, people, counts);
    Map<Action, Recorder> latencies = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      latencies.put(action, new Recorder(3));
    }
    AtomicLong failed = new AtomicLong();
    Random random = new Random(1);
    int perSecond = Math.max(1, people / SECONDS_BETWEEN_ACTIONS);
    try (HttpLoad http = new HttpLoad(run.load().vertx(), run.stack().gateway())) {
      Load.NthSend act =
          (_, intended) -> {
            Action action = Action.random(random);
            Actor actor = actors.get(random.nextInt(actors.size()));
            String conversation =
                actor.conversations().get(random.nextInt(actor.conversations().size()));
            act(http, action, actor, conversation, intended, latencies, failed);
          };
      run.report().note("B11: warm-up");
      Load.pace(perSecond, run.settings().warmUp(), act);
      latencies.values().forEach(Recorder::getIntervalHistogram);
      failed.set(0);
      counts.latency().getIntervalHistogram();
      run.report().note("B11: %d actions a second".formatted(perSecond));
      CpuMeter cpu = new CpuMeter(run.stack()::processes);
      cpu.start();
      Duration time = run.settings().time().multipliedBy(2);
      Load.pace(perSecond, time, act);
      double cpuSeconds = cpu.total().toNanos() / 1e9 / time.toSeconds();
      Thread.sleep(2_000);
      report(run, people, perSecond, latencies, counts, failed.get(), cpuSeconds);
    }
    run.load().disconnect(actors.stream().map(Actor::person).toList());
  }

  private void report(
      BenchRun run,
      int people,
      int perSecond,
      Map<Action, Recorder> latencies,
      Counts counts,
      long failed,
      double cpuSeconds) {
    run.report().plain(id(), "people", people, "");
    run.report().plain(id(), "actions a second", perSecond, "/s");
    latencies.forEach((action, recorder) -> {
      Histogram latency =
          action == Action.SEND
              ? counts.latency().getIntervalHistogram()
              : recorder.getIntervalHistogram();
      String title = action == Action.SEND ? "send, until delivered" : action.title;
      run.report().plain(id(), "p50, " + title, latency.getValueAtPercentile(50) / 1e6, "ms");
      run.report()
          .add(
              Result.noMore(
                  id(), "p99, " + title, latency.getValueAtPercentile(99) / 1e6, "ms", P99_MILLIS));
    });
    run.report()
        .add(Result.noMore(id(), "failed", (double) (failed + counts.refused().get()), "", 0));
    run.report().plain(id(), "CPU a person, in a minute", cpuSeconds * 60_000 / people, "ms");
    run.report().plain(id(), "people per core", people / cpuSeconds, "");
  }

  private static void act(
      HttpLoad http,
      Action action,
      Actor actor,
      String conversation,
      long intended,
      Map<Action, Recorder> latencies,
      AtomicLong failed) {
    String token = actor.person().token();
    List<Call> calls =
        switch (action) {
          case OPEN_CHAT ->
              List.of(
                  Call.get("/api/chat/me/", token),
                  Call.get("/api/chat/conversations/?limit=50", token),
                  Call.get("/api/chat/conversations/unread/", token));
          case SWITCH -> {
            actor.person().markRead(conversation);
            yield List.of(
                Call.get(
                    "/api/chat/conversations/%s/messages/?limit=50".formatted(conversation),
                    token));
          }
          case SEND -> {
            actor.person().send(conversation, intended);
            yield List.of();
          }
          case UPLOAD ->
              List.of(
                  new Call(
                      HttpMethod.POST,
                      "/api/chat/attachments/",
                      token,
                      "multipart/form-data; boundary=b",
                      FORM));
          case SEARCH -> List.of(Call.get("/api/chat/conversations/presence/", token));
        };
    if (calls.isEmpty()) {
      return;
    }
    Recorder latency = Objects.requireNonNull(latencies.get(action));
    Future.all(calls.stream().map(http::send).toList())
        .onSuccess(_ -> latency.recordValue(Math.max(0, System.nanoTime() - intended)))
        .onFailure(_ -> failed.incrementAndGet());
  }

  /// People in a ring: each has a conversation with the next ones.
  private static List<Actor> actors(BenchRun run, int people, Counts counts) throws Exception {
    run.report().note("B11: connecting %,d people".formatted(people));
    List<String> ids = run.stack().people(TENANT, people);
    List<BenchmarkPerson> persons =
        IntStream.range(0, people)
            .parallel()
            .mapToObj(i -> run.load().person(TENANT, i, counts))
            .toList();
    run.load().connect(persons, run.stack().gateway(), CONNECTING);
    List<List<String>> conversations = new ArrayList<>();
    persons.forEach(_ -> conversations.add(new ArrayList<>()));
    run.report().note("B11: creating %,d conversations".formatted(people * CONVERSATIONS_EACH / 2));
    for (int i = 0; i < people; i++) {
      for (int next = 1; next <= CONVERSATIONS_EACH / 2; next++) {
        int other = (i + next) % people;
        String conversation = run.stack().pair(TENANT, i, ids.get(other));
        conversations.get(i).add(conversation);
        conversations.get(other).add(conversation);
      }
    }
    return IntStream.range(0, people)
        .mapToObj(i -> new Actor(persons.get(i), List.copyOf(conversations.get(i))))
        .toList();
  }
}
