package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.keys.InternalKeys;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes the keys of internal tokens for an installation that is not this stack.
@Command(
    name = "keys",
    description = "Makes the parts' keys for Compose or Kubernetes, unless they are there.")
final class Keys implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "<directory>", description = "Where they are kept.")
  private Path directory = Path.of("");

  @Override
  public void run() {
    InternalKeys keys = new InternalKeys(directory);
    spec.commandLine()
        .getOut()
        .printf("The parts' keys are in %s; guard it.%n", keys.trustFile().getParent());
  }
}
