package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.BenchmarkPerson;
import com.secureapprove.chat.benchmark.load.Counts;
import com.secureapprove.chat.benchmark.load.HttpLoad;
import com.secureapprove.chat.benchmark.load.HttpLoad.Call;
import com.secureapprove.chat.benchmark.load.HttpLoad.Requests;
import com.secureapprove.chat.benchmark.load.InFlight;
import com.secureapprove.chat.benchmark.load.ResumingPerson;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.CpuMeter;
import com.secureapprove.chat.benchmark.stack.StatementMeter;
import com.secureapprove.chat.benchmark.stack.StatementMeter.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// B5: 2,000 connections end together, messages are sent while they are closed, and all resume.
/// Then 10,000 people sign in with new tokens, after the gateway has forgotten them.
final class Reconnection implements Workload {
  private static final String RESUMING = "resuming";
  private static final String SIGNING_IN = "signin";
  private static final int POSTING = 16;
  private static final int SIGN_INS_AT_ONCE = 64;
  private static final int RECONNECTING_AT_ONCE = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double CAUGHT_UP_SECONDS = 10;
  private static final double SIGN_INS_PER_SECOND = 1_000;
  private static final double CPU_MILLIS = 1;
  private static final double STATEMENTS = 1;

  @Override
  public String id() {
    return "B5";
  }

  @Override
  public String description() {
    return "2,000 connections dropped at once, all resume; 10,000 people sign in";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    resume(run);
    signIn(run);
  }

  private void resume(BenchRun run) throws Exception {
    int count = run.settings().size(2_000, 400);
    run.report().note("B5: connecting %,d people of as many halves of pairs".formatted(count));
    List<String> ids = run.stack().people(RESUMING, count);
    List<String> tokens = tokens(run, RESUMING, count);
    List<String> conversations = new ArrayList<>();
    for (int i = 0; i < count; i += 2) {
      conversations.add(run.stack().pair(RESUMING, i, ids.get(i + 1)));
    }
    List<ResumingPerson> people = tokens.stream().map(ResumingPerson::new).toList();
    connect(run, people, SIGN_INS_AT_ONCE);
    people.forEach(ResumingPerson::drop);
    run.report().note("B5: a message in each conversation while everybody is away");
    try (HttpLoad http = new HttpLoad(run.load().vertx(), run.stack().gateway())) {
      Requests sent =
          http.times(
              POSTING,
              conversations.size(),
              n ->
                  Call.post(
                      "/api/chat/conversations/%s/messages/".formatted(conversations.get((int) n)),
                      tokens.get((int) (2 * n)),
                      "{\"content\":\"while you were away\"}"));
      if (sent.failed() > 0) {
        throw new IllegalStateException("messages were refused: " + sent.failure());
      }
    }
    CpuMeter cpu = new CpuMeter(run.stack()::processes);
    cpu.start();
    long begin = System.nanoTime();
    connect(run, people, RECONNECTING_AT_ONCE);
    while (missing(people) > 0 && System.nanoTime() - begin < PATIENCE.toNanos()) {
      Thread.sleep(10);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpuMillis = cpu.total().toNanos() / 1e6 / count;
    Thread.sleep(2_000); // a repetition would come now
    run.report().plain("B5", "connections that resume", count, "");
    run.report()
        .add(Result.noMore("B5", "time until all have caught up", seconds, "s", CAUGHT_UP_SECONDS));
    run.report().add(Result.noMore("B5", "missing messages", (double) missing(people), "", 0));
    run.report()
        .add(
            Result.noMore(
                "B5",
                "repeated messages",
                people.stream().mapToInt(ResumingPerson::repeated).sum(),
                "",
                0));
    run.report()
        .plain(
            "B5",
            "told to reload",
            (double) people.stream().filter(ResumingPerson::isToldToReload).count(),
            "");
    run.report().plain("B5", "CPU a resumed connection", cpuMillis, "ms");
    people.forEach(ResumingPerson::drop);
  }

  private static long missing(List<ResumingPerson> people) {
    return people.stream().filter(person -> person.messages().isEmpty()).count();
  }

  private static void connect(BenchRun run, List<ResumingPerson> people, int atOnce)
      throws Exception {
    InFlight.run(
            people, atOnce, person -> person.connect(run.load().client(), run.stack().gateway()))
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE.toSeconds() * 5, TimeUnit.SECONDS);
  }

  private void signIn(BenchRun run) throws Exception {
    int count = run.settings().size(10_000, 2_000);
    run.disconnectPairs();
    run.report().note("B5: creating %,d people, who sign in for the first time".formatted(count));
    run.stack().people(SIGNING_IN, count);
    run.report().plain("B5", "people who sign in", count, "");
    measureSignIns(run, count, "first sign-ins", false);
    run.report().note("B5: warming up");
    long warm = System.nanoTime() + run.settings().warmUp().toNanos();
    while (System.nanoTime() < warm) {
      List<BenchmarkPerson> people = people(run, count);
      run.load().connect(people, run.stack().gateway(), SIGN_INS_AT_ONCE);
      run.load().disconnect(people);
    }
    try (StatementMeter statements = new StatementMeter(run.stack(), false)) {
      Thread.sleep(60_000); // the gateway forgets people after a minute
      statements.start();
      run.profiled("B5", () -> measureSignIns(run, count, "sign-ins", true));
      Counted counted = statements.stop();
      run.report()
          .add(
              Result.noMore(
                  "B5",
                  "statements a sign-in, presence-service",
                  (double) counted.statements("presence") / count,
                  "",
                  STATEMENTS));
      run.report()
          .add(
              Result.noMore(
                  "B5",
                  "statements a sign-in, conversation-service",
                  (double) counted.statements("conversation") / count,
                  "",
                  STATEMENTS));
      TopStatements.note(run, counted, count);
    }
  }

  private static void measureSignIns(BenchRun run, int count, String name, boolean hasBar)
      throws Exception {
    List<BenchmarkPerson> people = people(run, count);
    CpuMeter cpu = new CpuMeter(run.stack()::processes);
    cpu.start();
    long begin = System.nanoTime();
    long repeatedBefore = run.load().repeatedConnects();
    run.load().connect(people, run.stack().gateway(), SIGN_INS_AT_ONCE);
    double perSecond = count / ((System.nanoTime() - begin) / 1e9);
    double millis = cpu.total().toNanos() / 1e6 / count;
    double compilers = cpu.compilers().toNanos() / 1e6 / count;
    Map<String, Duration> used = cpu.used();
    run.load().disconnect(people);
    if (hasBar) {
      run.report()
          .add(Result.noLess("B5", name + " a second", perSecond, "/s", SIGN_INS_PER_SECOND));
      run.report()
          .add(Result.noMore("B5", "CPU of all processes, " + name, millis, "ms", CPU_MILLIS));
    } else {
      run.report().plain("B5", name + " a second", perSecond, "/s");
      run.report().plain("B5", "CPU of all processes, " + name, millis, "ms");
    }
    run.report()
        .plain(
            "B5",
            "repeated attempts, " + name,
            (double) (run.load().repeatedConnects() - repeatedBefore),
            "");
    run.report().plain("B5", "CPU of JIT compilers, " + name, compilers, "ms");
    used.forEach((process, spent) ->
        run.report()
            .plain("B5", "CPU of " + process + ", " + name, spent.toNanos() / 1e6 / count, "ms"));
  }

  /// People with new tokens.
  private static List<BenchmarkPerson> people(BenchRun run, int count) {
    Counts counts = Counts.fresh();
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> run.load().person(SIGNING_IN, i, counts))
        .toList();
  }

  private static List<String> tokens(BenchRun run, String tenant, int count) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> run.stack().token(tenant, "p" + i))
        .toList();
  }
}
