package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackBuilder;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints the environment variables of a component as shell commands.
@Command(
    name = "environment",
    description = "Prints the environment of a component, to run it from an IDE.")
final class Environment implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "<component>",
      converter = ComponentConverter.class,
      description = "presence, conversation, message, attachment, notification or gateway")
  private Component component = Component.GATEWAY;

  @Override
  public Integer call() {
    if (!component.isOwn()) {
      throw new ParameterException(
          spec.commandLine(), component.label() + " is a backing service without an environment");
    }
    Checkout checkout = Checkout.current();
    StackHome home = StackHome.of(checkout);
    Optional<StackState> state = StackState.load(home);
    if (state.isEmpty()) {
      spec.commandLine().getErr().println("Nothing is running. ./chat up starts everything.");
      return ExitCode.SOFTWARE;
    }
    Stack stack =
        new StackBuilder(checkout, home)
            .ports(state.get().ports())
            .notifications(state.get().notifications())
            .build();
    stack
        .environment(component)
        .forEach(
            (name, value) -> spec.commandLine().getOut().printf("export %s='%s'%n", name, value));
    return ExitCode.OK;
  }
}
