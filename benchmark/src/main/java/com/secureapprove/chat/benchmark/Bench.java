package com.secureapprove.chat.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.secureapprove.chat.benchmark.report.ChartPage;
import com.secureapprove.chat.benchmark.report.Figures;
import com.secureapprove.chat.benchmark.report.Report;
import com.secureapprove.chat.benchmark.workload.BenchRun;
import com.secureapprove.chat.benchmark.workload.Catalogue;
import com.secureapprove.chat.benchmark.workload.Settings;
import com.secureapprove.chat.benchmark.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./chat bench`: measures a separate stack and prints a table.
@Command(
    name = "./chat bench",
    mixinStandardHelpOptions = true,
    subcommands = BenchReport.class,
    description = {
      "Measures a separate stack and compares with limits that are measured in the same run.",
      "The table goes to standard output, progress to standard error."
    })
public final class Bench implements Callable<Integer> {
  private static final String UNSET = "-1";

  /// Would print a line for each connection that a workload closes.
  private static final Logger VERTX = Logger.getLogger("io.vertx.core");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WORKLOAD", description = "B1, B1t, B2 … B12; default all.")
  private List<String> workloads = List.of();

  @Option(
      names = "--quick",
      description = "Smaller sizes and shorter times. All workloads take about 15 minutes.")
  private boolean quick;

  @Option(
      names = "--seconds",
      defaultValue = UNSET,
      description = "How long each figure is measured; default 20, with --quick 5.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = UNSET,
      description = "Seconds of load before the first figure; default 60, with --quick 15.")
  private int warmUp;

  @Option(
      names = "--rounds",
      defaultValue = UNSET,
      description = "How often a figure and its limit are measured in turn; default 2, quick 1.")
  private int rounds;

  @Option(
      names = "--history",
      split = ",",
      description = "Stored messages for B7, ascending; default 1000000, with --quick 100000.")
  private List<Integer> histories = List.of();

  @Option(
      names = "--minutes",
      defaultValue = UNSET,
      description = "Length of the soak B10; default 5, with --quick 2.")
  private int minutes;

  @Option(
      names = "--connections",
      defaultValue = UNSET,
      description = "Idle connections of B4; default 10000, with --quick 2000.")
  private int connections;

  @Option(
      names = "--profile",
      description =
          "Writes flame graphs of B1, B3 and B5 into this directory. Figures get worse by it.")
  private @Nullable Path profiles;

  @Option(names = "--json", description = "Also writes the figures to this file.")
  private @Nullable Path json;

  @Option(names = "--page", description = "Also writes a page with charts to this file.")
  private @Nullable Path page;

  @Option(names = "--compare", description = "The JSON file of an earlier release, for the page.")
  private @Nullable Path compare;

  private Bench() {}

  /// Runs it and ends with its status.
  public static void main(String[] arguments) {
    VERTX.setLevel(Level.OFF);
    CommandLine command = new CommandLine(new Bench());
    Catalogue.all()
        .forEach(workload ->
            command
                .getCommandSpec()
                .usageMessage()
                .footer(with(command.getCommandSpec().usageMessage().footer(), workload)));
    System.exit(command.execute(arguments));
  }

  private static String[] with(String[] lines, Workload workload) {
    String[] more = Arrays.copyOf(lines, lines.length + 1);
    more[lines.length] =
        "  %-4s %s".formatted(workload.id(), workload.description().replace("%", "%%"));
    return more;
  }

  @Override
  public Integer call() throws Exception {
    List<String> known = Catalogue.all().stream().map(Workload::id).toList();
    for (String workload : workloads) {
      if (!known.contains(workload)) {
        throw new ParameterException(spec.commandLine(), "There is no workload " + workload);
      }
    }
    Figures before = compare == null ? null : Figures.read(compare);
    Report report =
        new Report(spec.commandLine().getOut(), new PrintWriter(System.err, true, UTF_8));
    Settings settings = settings();
    report.setting("settings", settings.text());
    report.printMachine();
    boolean succeeded = true;
    try (BenchRun run = new BenchRun(settings, report)) {
      for (Workload workload : Catalogue.all()) {
        if (workloads.isEmpty() || workloads.contains(workload.id())) {
          succeeded &= run(workload, run, report);
          write(report.figures(), before);
        }
      }
    }
    report.printSummary();
    return succeeded ? 0 : 1;
  }

  /// Runs a workload. A failure does not end the run, because the other figures are still of use.
  private static boolean run(Workload workload, BenchRun run, Report report) {
    try {
      report.during(workload.id(), () -> workload.run(run));
      return true;
    } catch (Exception failure) {
      report.note("%s failed: %s".formatted(workload.id(), failure));
      failure.printStackTrace();
      return false;
    }
  }

  /// Writes what there is after each workload, so that an interrupted run leaves its figures.
  private void write(Figures figures, @Nullable Figures before) throws IOException {
    if (json != null) {
      figures.write(json);
    }
    if (page != null) {
      ChartPage.write(page, figures, before);
    }
  }

  private Settings settings() {
    List<Integer> histories =
        this.histories.isEmpty() ? List.of(quick ? 100_000 : 1_000_000) : this.histories;
    return new Settings(
        quick,
        Duration.ofSeconds(chosen(seconds, 20, 5)),
        Duration.ofSeconds(chosen(warmUp, 60, 15)),
        chosen(rounds, 2, 1),
        histories,
        chosen(minutes, 5, 2),
        chosen(connections, 10_000, 2_000),
        profiles);
  }

  private int chosen(int option, int full, int reduced) {
    return option >= 0 ? option : quick ? reduced : full;
  }
}
