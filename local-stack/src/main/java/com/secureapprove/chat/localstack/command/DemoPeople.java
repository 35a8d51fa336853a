package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.stack.InternalProvisioning;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Adds the demo people to the directories of another installation.
@Command(
    name = "demo-people",
    description = "Adds the demo people to a presence-service of another installation.",
    hidden = true)
final class DemoPeople implements Callable<Integer> {

  private static final Duration RESPONDS_WITHIN = Duration.ofMinutes(1);

  @Spec private CommandSpec spec;

  @Option(
      names = "--presence",
      paramLabel = "<address>",
      required = true,
      description = "The address of presence-service.")
  private URI presence = URI.create("");

  @Option(
      names = "--keys",
      paramLabel = "<directory>",
      required = true,
      description = "The directory of the keys that ./chat keys created.")
  private Path keys = Path.of("");

  @Override
  public Integer call() throws IOException {
    Console console = new Console(spec.commandLine().getOut());
    new InternalProvisioning(presence, new InternalKeys(keys)).fill(RESPONDS_WITHIN, console);
    return ExitCode.OK;
  }
}
