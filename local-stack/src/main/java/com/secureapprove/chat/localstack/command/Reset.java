package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.stack.StackHome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Stops everything and deletes all data.
@Command(name = "reset", description = "Stops everything and deletes all data.")
final class Reset implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Checkout checkout = Checkout.current();
    StackHome home = Chat.home(checkout);
    new Stopping(checkout, home).stop();
    home.forget();
    spec.commandLine().getOut().println("Everything is stopped and all data is deleted.");
    return ExitCode.OK;
  }
}
