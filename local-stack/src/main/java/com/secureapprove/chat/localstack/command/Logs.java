package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.StackHome;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints the end of the log of one component or of all.
@Command(name = "logs", description = "Prints the end of the log of one component, or of all.")
final class Logs implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "<component>",
      description =
          "postgres, redis, keycloak, presence, conversation, message, attachment, gateway; or one"
              + " instance, such as message-2")
  private @Nullable String name;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "<count>",
      defaultValue = "40",
      description = "Number of lines. Default 40.")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Keep printing new lines of one log.")
  private boolean follow;

  @Override
  public Integer call() {
    if (lines < 1) {
      throw mistake("--lines must be 1 or more");
    }
    StackHome home = StackHome.of(Checkout.current());
    PrintWriter out = spec.commandLine().getOut();
    List<String> names = names(home);
    if (follow && names.size() > 1) {
      throw mistake("--follow needs one log: one of " + String.join(", ", names));
    }
    for (String each : names) {
      if (names.size() > 1) {
        out.printf("%n== %s%n", each);
      }
      new LogFile(home.log(each)).lastLines(lines).forEach(out::println);
    }
    out.flush();
    if (follow && !names.isEmpty()) {
      follow(new LogFile(home.log(names.getFirst())), out);
    }
    return ExitCode.OK;
  }

  private List<String> names(StackHome home) {
    List<String> known =
        Arrays.stream(Component.values()).flatMap(each -> home.logged(each).stream()).toList();
    if (name == null) {
      return known;
    }
    String wanted = name.replace("-service", "");
    if (Component.of(wanted).isPresent()) {
      return home.logged(Component.of(wanted).get());
    }
    if (!known.contains(wanted)) {
      throw mistake(ComponentConverter.unknown(name));
    }
    return List.of(wanted);
  }

  private ParameterException mistake(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private static void follow(LogFile log, PrintWriter out) {
    long said = log.length();
    while (!out.checkError()) {
      byte[] more = log.since(said);
      // The log was started again if the file is shorter than before.
      said = log.length() < said ? 0 : said + more.length;
      out.print(new String(more, StandardCharsets.UTF_8));
      out.flush();
      Polling.pause(BETWEEN_LOOKS);
    }
  }
}
