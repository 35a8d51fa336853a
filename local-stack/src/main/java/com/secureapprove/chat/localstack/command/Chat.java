package com.secureapprove.chat.localstack.command;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
      Doctor.class,
      Environment.class,
      DemoPeople.class
    })
public final class Chat {

  private static final OptionSpec HELP =
      OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build();

  Chat() {}

  /// Runs one command and exits with its status.
  public static void main(String[] arguments) {
    CommandLine chat = new CommandLine(new Chat());
    chat.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(command -> command.addOption(HELP));
    System.exit(
        chat.setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((problem, line, _) -> {
              line.getErr()
                  .println(Objects.requireNonNullElse(problem.getMessage(), problem.toString()));
              return CommandLine.ExitCode.SOFTWARE;
            })
            .execute(arguments));
  }
}
