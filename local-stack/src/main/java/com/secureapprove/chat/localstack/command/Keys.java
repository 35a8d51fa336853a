package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.PushKeys;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Creates the keys of internal tokens, and of Web Push, for another installation.
@Command(
    name = "keys",
    description = "Creates the components' keys for Compose or Kubernetes. Keeps existing keys.")
final class Keys implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "<directory>", description = "The directory of the keys.")
  private Path directory = Path.of("");

  @Option(
      names = "--demo",
      description =
          "Also creates the key that enters the demo people. A component trusts it only with"
              + " CHAT_INTERNAL_DEMO_KEYS=true.")
  private boolean demo;

  @Option(
      names = "--push",
      paramLabel = "<contact>",
      description =
          "Also creates the keys of Web Push. The contact is a mailto: or https: URL at which the"
              + " operators of push services reach you.")
  private @Nullable String pushContact;

  @Override
  public void run() {
    InternalKeys keys =
        demo ? new InternalKeys(directory) : InternalKeys.withoutLocalStack(directory);
    spec.commandLine()
        .getOut()
        .printf(
            "The keys of the components are in %s. Keep this directory secret.%n",
            keys.trustFile().getParent());
    if (pushContact != null) {
      PushKeys push = PushKeys.in(directory, pushContact);
      spec.commandLine().getOut().printf("CHAT_PUSH_SERVER_PUBLIC_KEY=%s%n", push.publicKey());
    }
  }
}
