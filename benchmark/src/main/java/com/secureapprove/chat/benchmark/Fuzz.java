package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.localstack.Checkout;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./chat fuzz`: sends malformed requests and frames to a separate stack.
@Command(
    name = "./chat fuzz",
    mixinStandardHelpOptions = true,
    description = {
      "Sends changed copies of valid HTTP heads, JSON, multipart forms and frames to a separate",
      "stack. Prints each server error, each response with internal details, and whether the logs",
      "have errors or too many lines. Ends with 1 if it found any."
    })
public final class Fuzz implements Callable<Integer> {
  private static final String TENANT = "fuzz";
  private static final int PEOPLE = 40;

  @Spec private CommandSpec spec;

  @Option(names = "--minutes", defaultValue = "5", description = "How long; default 5.")
  private int minutes;

  @Option(names = "--seed", defaultValue = "1", description = "Another seed sends other inputs.")
  private long seed;

  private Fuzz() {}

  /// Runs it and ends with its status.
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Fuzz()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path home = Checkout.current().root().resolve(".chat/fuzz");
    try (BenchStack stack = new BenchStack(home, 1, BenchStack.raisedLimits())) {
      List<String> ids = stack.people(TENANT, PEOPLE);
      String group = stack.group(TENANT, 0, ids.subList(1, PEOPLE));
      List<String> tokens =
          IntStream.range(0, PEOPLE).mapToObj(i -> stack.token(TENANT, "p" + i)).toList();
      FuzzRun.Target target =
          new FuzzRun.Target(stack.gateway(), tokens, group, home.resolve("logs"));
      FuzzRun.Result result = new FuzzRun(target, seed).run(Duration.ofMinutes(minutes));
      out.printf("%,d inputs, %d findings%n", result.sent(), result.findings().size());
      result.findings().forEach(out::println);
      boolean alive = stack.processes().values().stream().allMatch(ProcessHandle::isAlive);
      out.println(alive ? "All components run." : "A component has ended.");
      out.flush();
      return result.findings().isEmpty() && alive ? 0 : 1;
    }
  }
}
