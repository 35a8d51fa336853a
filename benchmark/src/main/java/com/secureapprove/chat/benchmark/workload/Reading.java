package com.secureapprove.chat.benchmark.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.benchmark.load.HttpLoad;
import com.secureapprove.chat.benchmark.load.HttpLoad.Call;
import com.secureapprove.chat.benchmark.load.HttpLoad.Requests;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.CpuMeter;
import com.secureapprove.chat.benchmark.stack.StatementMeter;
import com.secureapprove.chat.benchmark.stack.StatementMeter.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// B6: the conversation list of a person in 200 conversations, and a page of 50 messages.
final class Reading implements Workload {
  private static final String TENANT = "reading";
  private static final int PAIRS = 150;
  private static final int GROUPS = 50;
  private static final int GROUP_SIZE = 10;
  private static final int HISTORY = 300;
  private static final int PAGE = 50;
  private static final int IN_FLIGHT = 16;
  private static final double STATEMENTS = 3;
  private static final double ROWS_RATIO = 3;
  private static final List<String> SERVICES =
      List.of("conversation", "message", "presence", "attachment");

  @Override
  public String id() {
    return "B6";
  }

  @Override
  public String description() {
    return "the list of a person in 200 conversations, and a page of 50 messages";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    measure(run, "B6", "");
  }

  /// Measures both requests.
  ///
  /// @param suffix for the names of the figures
  static void measure(BenchRun run, String id, String suffix) throws Exception {
    String busiest = prepare(run);
    String history = "conversations/%s/messages/?limit=%d".formatted(busiest, PAGE);
    JsonNode list = run.stack().api(TENANT, 0, "GET", "conversations/", null);
    JsonNode page = run.stack().api(TENANT, 0, "GET", history, null);
    measure(run, id, "list of %d" + suffix, "conversations/", list.size(), rowsOf(list));
    measure(run, id, "page of %d" + suffix, history, page.size(), page.size());
  }

  /// Creates the person's conversations, once in a stack. Returns the one with a history.
  private static String prepare(BenchRun run) throws Exception {
    List<String> ids = run.stack().people(TENANT, PAIRS + GROUP_SIZE);
    JsonNode existing = run.stack().api(TENANT, 0, "GET", "conversations/", null);
    if (existing.size() >= PAIRS + GROUPS) {
      return existing.path(0).path("id").asText();
    }
    run.report().note("B6: creating %d conversations".formatted(PAIRS + GROUPS));
    List<String> conversations = new ArrayList<>();
    for (int i = 1; i <= PAIRS; i++) {
      conversations.add(run.stack().pair(TENANT, 0, ids.get(i)));
      run.stack().message(TENANT, i, conversations.getLast(), "a first message");
    }
    for (int i = 0; i < GROUPS; i++) {
      conversations.add(run.stack().group(TENANT, 0, ids.subList(PAIRS + 1, PAIRS + GROUP_SIZE)));
      run.stack().message(TENANT, PAIRS + 1, conversations.getLast(), "a first message");
    }
    String busiest = conversations.getFirst();
    for (int n = 0; n < HISTORY; n++) {
      run.stack().message(TENANT, n % 2, busiest, "message %d of a long talk".formatted(n));
    }
    return busiest;
  }

  /// The rows that a list shows: conversations, their participants, and their last messages.
  static long rowsOf(JsonNode list) {
    long rows = list.size();
    for (JsonNode conversation : list) {
      rows += conversation.path("participants").size();
      rows += conversation.path("last_message").isObject() ? 1 : 0;
    }
    return rows;
  }

  private static void measure(
      BenchRun run, String id, String name, String path, int size, long rowsAnswered)
      throws Exception {
    String label = name.formatted(size);
    run.report().note("%s: %s".formatted(id, label));
    Call call = Call.get("/api/chat/" + path, run.stack().token(TENANT, "p0"));
    // Enough requests, so that rows read by background work hardly count.
    int counted = run.settings().size(40_000, 20_000) / size;
    try (HttpLoad http = new HttpLoad(run.load().vertx(), run.stack().gateway());
        StatementMeter statements = new StatementMeter(run.stack(), false)) {
      http.closedLoop(IN_FLIGHT, run.settings().time().dividedBy(2), _ -> call); // warm-up
      CpuMeter cpu = new CpuMeter(run.stack()::processes);
      cpu.start();
      Requests requests = http.closedLoop(IN_FLIGHT, run.settings().time(), _ -> call);
      Map<String, Duration> used = cpu.used();
      long count = Math.max(1, requests.succeeded());
      statements.start();
      http.times(1, counted, _ -> call);
      Counted each = statements.stop();
      run.report().plain(id, label + ", requests", requests.perSecond(), "/s");
      run.report().plain(id, label + ", p99", requests.millis(99), "ms");
      used.forEach((process, spent) ->
          run.report()
              .plain(
                  id, label + ", CPU a request, " + process, spent.toNanos() / 1e3 / count, "µs"));
      run.report().add(Result.noMore(id, label + ", failed", (double) requests.failed(), "", 0));
      for (String service : SERVICES) {
        double calls = (double) each.statements(service) / counted;
        if (calls > 0.5) {
          run.report()
              .add(
                  Result.noMore(
                      id, label + ", statements a request, " + service, calls, "", STATEMENTS));
        }
      }
      run.report()
          .add(
              Result.atMost(
                  id,
                  label + ", rows read a request, of those answered",
                  (double) each.rowsRead() / counted,
                  "",
                  (double) rowsAnswered,
                  ROWS_RATIO));
      TopStatements.note(run, each, counted);
    }
  }
}
