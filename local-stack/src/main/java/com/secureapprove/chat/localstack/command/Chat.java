package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.stack.StackHome;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/// `./chat`: the whole suite on one machine.
@Command(
    name = "./chat",
    description = "Runs the whole chat suite on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Up.class,
      Down.class,
      Status.class,
      Logs.class,
      Reset.class,
      Token.class,
      Keys.class,
      DemoPeople.class,
      HelpCommand.class
    },
    footer = {
      "",
      "And ./chat test runs every test and counts them; ./chat chaos breaks a stack of its own",
      "while people use it, and checks what they saw (./chat chaos --help).",
      "Ports are chosen by --port-<part> of up, or by CHAT_PORT_<PART>."
    })
public final class Chat {

  private static final OptionSpec HELP =
      OptionSpec.builder("-h", "--help")
          .usageHelp(true)
          .description("Tells what the command does.")
          .build();

  private Chat() {}

  /// Runs one command and ends with its status.
  public static void main(String[] arguments) {
    CommandLine chat = new CommandLine(new Chat());
    chat.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.helpCommand())
        .forEach(command -> command.addOption(HELP));
    System.exit(
        chat.setExecutionExceptionHandler(
                (problem, line, _) -> {
                  line.getErr()
                      .println(
                          Objects.requireNonNullElse(problem.getMessage(), problem.toString()));
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(arguments));
  }

  /// The stack of this checkout, as opposed to those of its tests.
  static StackHome home(Checkout checkout) {
    return new StackHome(checkout.root().resolve(".chat"));
  }
}
