package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.stack.StackHome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Stops everything, including processes that a killed command left running.
@Command(name = "down", description = "Stops everything; the data is kept.")
final class Down implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Checkout checkout = Checkout.current();
    StackHome home = StackHome.of(checkout);
    boolean ran = new Stopping(checkout, home).stop();
    spec.commandLine().getOut().println(ran ? "Everything is stopped." : "Nothing was running.");
    return ExitCode.OK;
  }
}
