package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.stack.StackHome;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Stops everything and deletes all data.
@Command(name = "reset", description = "Stops everything and deletes all data.")
final class Reset implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() {
    if (!yes && !isConfirmed()) {
      spec.commandLine().getErr().println("Nothing is deleted.");
      return ExitCode.USAGE;
    }
    Checkout checkout = Checkout.current();
    StackHome home = StackHome.of(checkout);
    new Stopping(checkout, home).stop();
    home.forget();
    spec.commandLine().getOut().println("Everything is stopped and all data is deleted.");
    return ExitCode.OK;
  }

  /// Asks the person at the terminal. A script must confirm with `--yes`.
  private boolean isConfirmed() {
    java.io.Console terminal = System.console();
    if (terminal == null || !terminal.isTerminal()) {
      spec.commandLine()
          .getErr()
          .println("./chat reset deletes all messages, people and keys. Confirm with --yes.");
      return false;
    }
    String answer = terminal.readLine("Delete all messages, people and keys of this stack? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
