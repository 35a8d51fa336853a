package com.secureapprove.chat.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.localstack.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./chat hostile`: lets one hostile person attack a separate stack, and prints what people of
/// another tenant experience.
@Command(
    name = "./chat hostile",
    mixinStandardHelpOptions = true,
    description = {
      "Attacks a separate stack as one person of one tenant, while people of another tenant and of",
      "the same tenant send, read, upload and sign in. Prints their success rate, the 99th",
      "percentile of their operations with and without the attack, and the memory of the gateway.",
      "Ends with 1 if any operation of the others failed."
    })
public final class Hostile implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ATTACK",
      description =
          "reads, positions, typing, uploads, renames, headers, bodies, deaf, resumes, reconnects,"
              + " wide_typing, wide_messages, repeats, history, downloads, directory, frames, credentials;"
              + " default all.")
  private List<String> attacks = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "How long each attack lasts; default 60.")
  private int seconds;

  @Option(names = "--json", description = "Also writes the results to this file.")
  private @Nullable Path json;

  private Hostile() {}

  /// Runs it and ends with its status.
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Hostile()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<String> known = Arrays.stream(Attack.values()).map(Attack::toString).toList();
    for (String attack : attacks) {
      if (!known.contains(attack)) {
        throw new ParameterException(spec.commandLine(), "There is no attack " + attack);
      }
    }
    Path home = Checkout.current().root().resolve(".chat/hostile");
    List<HostileResult> results =
        new HostileRun(home, Duration.ofSeconds(seconds), attacks, spec.commandLine().getOut())
            .call();
    if (json != null) {
      Files.writeString(
          json,
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(Map.of("results", results)));
    }
    return results.stream().allMatch(result -> result.failed() == 0) ? 0 : 1;
  }
}
