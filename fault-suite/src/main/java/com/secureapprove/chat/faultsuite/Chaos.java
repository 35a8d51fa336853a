package com.secureapprove.chat.faultsuite;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.secureapprove.chat.localstack.Checkout;
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
        "Uses a stack of its own while its parts are killed, paused and cut off, and checks what"
            + " everybody saw.",
    exitCodeListHeading = "%nEnds with%n",
    exitCodeList = {
      "0:every promise was kept",
      "1:not every promise was kept, or not every one was put to the test",
      "2:the options do not make a run"
    })
public final class Chaos implements Callable<Integer> {

  private static final int MOST_MINUTES = 1440;
  private static final int MOST_REPLICAS = 5;
  private static final int MOST_A_SECOND = 10_000;
  private static final double LEAST_GAP = 0.1;
  private static final double MOST_GAP = 3600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "5",
      description = "How long faults go on; default 5. Starting and checking come on top.")
  private double minutes;

  @Option(names = "--seed", description = "Repeats the faults of an earlier run.")
  private @Nullable Long seed;

  @Option(
      names = "--replicas",
      defaultValue = "2",
      description = "How many of each service and of the gateway; default 2.")
  private int replicas;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "About how many messages a second people try to send; default 100.")
  private int rate;

  @Option(
      names = "--gap",
      defaultValue = "5",
      description = "Seconds between two faults, on the average; default 5.")
  private double gap;

  private Chaos() {}

  /// Runs it and ends with its status.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Chaos());
  }

  @Override
  public Integer call() throws Exception {
    need(minutes > 0 && minutes <= MOST_MINUTES, "--minutes: more than 0, up to " + MOST_MINUTES);
    need(replicas >= 1 && replicas <= MOST_REPLICAS, "--replicas: 1 to " + MOST_REPLICAS);
    need(rate >= 1 && rate <= MOST_A_SECOND, "--rate: 1 to " + MOST_A_SECOND);
    need(gap >= LEAST_GAP && gap <= MOST_GAP, "--gap: %s to %s".formatted(LEAST_GAP, MOST_GAP));
    PrintWriter out = spec.commandLine().getOut();
    Settings settings =
        new Settings(
            Duration.ofMillis((long) (minutes * 60_000)),
            seed == null ? RandomGenerator.getDefault().nextLong(1_000_000) : seed,
            replicas,
            rate,
            Duration.ofMillis((long) (gap * 1_000)),
            Checkout.current().root().resolve(".chat/chaos"));
    Files.createDirectories(settings.home());
    try (FileChannel run =
        FileChannel.open(settings.home().resolveSibling("chaos.lock"), WRITE, CREATE)) {
      if (run.tryLock() == null) {
        throw new ParameterException(spec.commandLine(), "Another run is under way here.");
      }
      Verdict verdict = new Run(settings, out).call();
      verdict.print(out);
      return verdict.exitStatus();
    }
  }

  private void need(boolean good, String what) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), what);
    }
  }
}
