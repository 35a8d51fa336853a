package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.stack.Directory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// Puts the demo people into the directories of an installation that is not this stack.
@Command(
    name = "demo-people",
    description = "Puts the demo people into a presence-service that runs elsewhere.",
    hidden = true)
final class DemoPeople implements Callable<Integer> {

  @Option(
      names = "--presence",
      paramLabel = "<address>",
      required = true,
      description = "Where presence-service is.")
  private URI presence = URI.create("");

  @Option(
      names = "--keys",
      paramLabel = "<directory>",
      required = true,
      description = "The parts' keys, as the command keys makes them.")
  private Path keys = Path.of("");

  @Override
  public Integer call() throws IOException {
    new Directory(presence, new InternalKeys(keys)).fill();
    return ExitCode.OK;
  }
}
