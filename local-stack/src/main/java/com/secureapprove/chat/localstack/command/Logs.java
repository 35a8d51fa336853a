package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.Waiting;
import com.secureapprove.chat.localstack.stack.Part;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The end of what a part, or each of them, said.
@Command(name = "logs", description = "Prints the end of the log of one part, or of each.")
final class Logs implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "<part>",
      converter = PartConverter.class,
      description =
          "postgres, redis, keycloak, presence, conversation, message, attachment, gateway")
  private @Nullable Part part;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "<count>",
      defaultValue = "40",
      description = "How many lines; default 40.")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is written from now on, of one part.")
  private boolean follow;

  @Override
  public Integer call() {
    StackHome home = Chat.home(Checkout.current());
    PrintWriter out = spec.commandLine().getOut();
    List<Part> parts = part == null ? Arrays.asList(Part.values()) : List.of(part);
    for (Part each : parts) {
      if (parts.size() > 1) {
        out.printf("%n== %s%n", each.label());
      }
      new LogFile(home.log(each.label())).lastLines(lines).forEach(out::println);
    }
    out.flush();
    if (follow && part != null) {
      follow(new LogFile(home.log(part.label())), out);
    }
    return ExitCode.OK;
  }

  private static void follow(LogFile log, PrintWriter out) {
    long said = log.length();
    while (!out.checkError()) {
      byte[] more = log.since(said);
      // A part that is started again begins its log anew.
      said = log.length() < said ? 0 : said + more.length;
      out.print(new String(more, StandardCharsets.UTF_8));
      out.flush();
      Waiting.pause(BETWEEN_LOOKS);
    }
  }
}
