package com.secureapprove.chat.benchmark.report;

import com.secureapprove.chat.benchmark.report.Machine.Ticks;
import com.secureapprove.chat.benchmark.report.Series.Point;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the figures of a run and prints each when it is added. Progress of long work goes to
/// another writer, so that the table can be redirected. For one thread.
public final class Report {
  private final PrintWriter out;
  private final PrintWriter progress;
  private final Map<String, String> machine = Machine.description();
  private final List<Conditions> conditions = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private final Map<String, Series> series = new LinkedHashMap<>();
  private final long begin = System.nanoTime();

  /// @param out for the table
  /// @param progress for the progress of long work
  public Report(PrintWriter out, PrintWriter progress) {
    this.out = out;
    this.progress = progress;
  }

  /// Work that may fail.
  public interface Work {
    /// Does it.
    void run() throws Exception;
  }

  /// Adds a version or a setting to the description of the machine.
  public void setting(String name, String value) {
    machine.put(name, value);
  }

  /// Prints the machine and the settings.
  public void printMachine() {
    machine.forEach((name, value) -> out.printf("%-16s %s%n", name, value));
    out.printf("%-16s %.2f before the run%n", "load average", Machine.load());
    out.flush();
  }

  /// Runs a workload, and notes the load and steal of the machine.
  public void during(String id, Work workload) throws Exception {
    Ticks before = Ticks.now();
    long since = System.nanoTime();
    note(id + " begins");
    workload.run();
    Conditions now =
        new Conditions(
            id,
            Machine.load(),
            Ticks.now().stealPercentSince(before),
            (System.nanoTime() - since) / 1e9);
    conditions.add(now);
    out.printf(
        "%-5s took %.0f s, load average %.1f, steal %.1f %%%n",
        id, now.seconds(), now.load(), now.stealPercent());
    out.flush();
  }

  /// Adds a figure.
  public void add(Result result) {
    results.add(result);
    out.println(result.row());
    out.flush();
  }

  /// Adds a figure without a bar.
  public void plain(String id, String name, double value, String unit) {
    add(Result.plain(id, name, value, unit));
  }

  /// Adds a value to a series, for the chart page.
  ///
  /// @param axis what `x` counts
  public void point(String id, String name, String unit, String axis, double x, double y) {
    series
        .computeIfAbsent(id + name, _ -> new Series(id, name, unit, axis, new ArrayList<>()))
        .points()
        .add(new Point(x, y));
  }

  /// Prints progress.
  public void note(String text) {
    progress.printf("[%4d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000L, text);
    progress.flush();
  }

  /// Prints how many bars are met, and the figures that miss theirs.
  public void printSummary() {
    long bars = results.stream().filter(result -> result.met() != null).count();
    List<Result> missed =
        results.stream().filter(result -> Boolean.FALSE.equals(result.met())).toList();
    out.printf(
        "%n%d of %d bars met%s%n", bars - missed.size(), bars, missed.isEmpty() ? "" : "; not:");
    missed.forEach(result -> out.println(result.row()));
    out.flush();
  }

  /// All figures so far.
  public Figures figures() {
    return new Figures(machine, conditions, results, List.copyOf(series.values()));
  }
}
