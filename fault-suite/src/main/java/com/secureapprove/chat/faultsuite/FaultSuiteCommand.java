package com.secureapprove.chat.faultsuite;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.secureapprove.chat.localstack.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./chat chaos`: the fault suite from the command line.
@Command(
    name = "./chat chaos",
    mixinStandardHelpOptions = true,
    description =
        "Starts a separate stack, injects faults into it while clients use it, and checks what the"
            + " clients received.",
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {
      "0:every guarantee held",
      "1:a guarantee was violated, or the run tested nothing",
      "2:invalid options"
    })
public final class FaultSuiteCommand implements Callable<Integer> {

  private static final int MAX_MINUTES = 1440;
  private static final int MAX_REPLICAS = 5;
  private static final int MAX_RATE = 10_000;
  private static final double MIN_GAP = 0.1;
  private static final double MAX_GAP = 3600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "5",
      description = "Duration of the faults; default 5. Starting and checking take extra time.")
  private double minutes;

  @Option(names = "--seed", description = "Repeats the faults of an earlier run.")
  private @Nullable Long seed;

  @Option(
      names = "--replicas",
      defaultValue = "2",
      description = "Number of instances of each component; default 2.")
  private int replicas;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Approximate number of messages sent per second; default 100.")
  private int rate;

  @Option(
      names = "--gap",
      defaultValue = "5",
      description = "Mean number of seconds between two faults; default 5.")
  private double gap;

  @Option(
      names = "--upgrade-from",
      paramLabel = "REVISION",
      description =
          "Instead of random faults, upgrades from the programs of this Git revision and rolls back,"
              + " one process after the other. Builds them first.")
  private @Nullable String formerRevision;

  private FaultSuiteCommand() {}

  /// Runs the fault suite and exits with its exit code.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new FaultSuiteCommand());
  }

  @Override
  public Integer call() throws Exception {
    require(minutes > 0 && minutes <= MAX_MINUTES, "--minutes: more than 0, up to " + MAX_MINUTES);
    require(replicas >= 1 && replicas <= MAX_REPLICAS, "--replicas: 1 to " + MAX_REPLICAS);
    require(rate >= 1 && rate <= MAX_RATE, "--rate: 1 to " + MAX_RATE);
    require(gap >= MIN_GAP && gap <= MAX_GAP, "--gap: %s to %s".formatted(MIN_GAP, MAX_GAP));
    PrintWriter out = spec.commandLine().getOut();
    RunSettings settings =
        new RunSettings(
            Duration.ofMillis((long) (minutes * 60_000)),
            seed == null ? RandomGenerator.getDefault().nextLong(1_000_000) : seed,
            replicas,
            rate,
            Duration.ofMillis((long) (gap * 1_000)),
            Checkout.current().root().resolve(".chat/chaos"),
            former());
    Files.createDirectories(settings.home());
    try (FileChannel run =
        FileChannel.open(settings.home().resolveSibling("chaos.lock"), WRITE, CREATE)) {
      if (run.tryLock() == null) {
        throw new ParameterException(spec.commandLine(), "Another run uses this directory.");
      }
      Verdict verdict = new FaultRun(settings, out).call();
      verdict.print(out);
      return verdict.exitStatus();
    }
  }

  private @Nullable Checkout former() throws IOException {
    String revision = formerRevision;
    if (revision == null) {
      return null;
    }
    FormerRelease release =
        FormerRelease.of(Checkout.current(), revision)
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(), "--upgrade-from: unknown revision " + revision));
    return release.build();
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
