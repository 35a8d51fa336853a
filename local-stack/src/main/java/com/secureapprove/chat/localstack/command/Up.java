package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.Redis;
import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Condition;
import com.secureapprove.chat.localstack.stack.RunMode;
import com.secureapprove.chat.localstack.stack.StackBuilder;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackPorts;
import com.secureapprove.chat.localstack.stack.StackState;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Starts everything and runs until it is stopped. If it already runs, starts what has ended.
@Command(
    name = "up",
    description = {
      "Starts everything; Ctrl-C stops it.",
      "If it already runs, starts the components that have ended."
    })
final class Up implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private PortOptions portOptions;

  @Option(
      names = {"-d", "--detach"},
      description = "Return when everything is up and keep it running in the background.")
  private boolean detach;

  @Option(
      names = "--without",
      paramLabel = "<component>",
      split = ",",
      converter = ComponentConverter.class,
      description = "Do not start this component, so that it can run from an IDE or in dev mode.")
  private Set<Component> without = EnumSet.noneOf(Component.class);

  @Option(names = "--notifications", description = "Also run notification-service, for webhooks.")
  private boolean notifications;

  @Option(
      names = "--replicas",
      paramLabel = "<count>",
      defaultValue = "1",
      description = "Number of instances of each service and of the gateway, 1 to 5.")
  private int replicas;

  @Option(
      names = "--jvm",
      paramLabel = "small|image",
      description =
          "image: the JVM options and memory limits of the container images. Default small, which"
              + " starts fast.")
  private Jvm jvm = Jvm.SMALL;

  @Option(
      names = "--native",
      description = "Run the native executables target/*-runner of each module instead of jars.")
  private boolean nativeExecutables;

  @Option(
      names = "--redis-memory",
      paramLabel = "<size>",
      defaultValue = Redis.DEFAULT_MEMORY,
      description = "Memory limit of Redis, such as 1gb. Default ${DEFAULT-VALUE}.")
  private String redisMemory = Redis.DEFAULT_MEMORY;

  /// The values of `--jvm`.
  private enum Jvm {
    SMALL,
    IMAGE
  }

  @Override
  public Integer call() {
    Checkout checkout = Checkout.current();
    StackHome home = StackHome.of(checkout);
    StackPorts ports = portOptions.ports(replicas);
    RunMode runMode = runMode();
    if (!redisMemory.matches("(?i)[1-9]\\d*(kb|mb|gb)")) {
      throw mistake("--redis-memory must be a size such as 256mb or 1gb, not " + redisMemory);
    }
    PrintWriter out = spec.commandLine().getOut();
    Optional<FileLock> lock = home.tryLock();
    if (lock.isEmpty()) {
      return repair(home, out);
    }
    if (without.contains(Component.REDIS) && isGiven("--redis-memory")) {
      out.println("Ignored, because Redis is not started: --redis-memory.");
    }
    if (!notifications) {
      without.add(Component.NOTIFICATION);
    }
    if (detach) {
      lock.get().close();
      return new Detached(home, out, spec.root().userObject().getClass())
          .start(spec.commandLine().getParseResult().originalArgs());
    }
    StackBuilder builder =
        new StackBuilder(checkout, home).runMode(runMode).redisMemory(redisMemory);
    return new Launcher(home, ports, without, new Console(out), out).run(builder);
  }

  private RunMode runMode() {
    if (nativeExecutables && isGiven("--jvm")) {
      throw mistake("--jvm and --native exclude each other");
    }
    if (nativeExecutables) {
      return RunMode.NATIVE;
    }
    return jvm == Jvm.IMAGE ? RunMode.IMAGE_JVM : RunMode.SMALL_JVM;
  }

  /// Starts what has ended in a stack that another process runs.
  private int repair(StackHome home, PrintWriter out) {
    out.println(Running.describe(home));
    String ignored =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !name.equals("--detach"))
            .collect(Collectors.joining(", "));
    if (!ignored.isEmpty()) {
      out.printf("Ignored, because it already runs: %s. To change that: ./chat down%n", ignored);
    }
    if (StackState.load(home).filter(StackState::ready).isEmpty()) {
      out.println("It is still starting, or stopping.");
      return ExitCode.OK;
    }
    Optional<String> answer = new RepairRequest(home).send();
    out.println(answer.orElse("It does not answer. Stop it with ./chat down."));
    return answer.isPresent() && isUp(home) ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static boolean isUp(StackHome home) {
    Checkout checkout = Checkout.current();
    return StackState.load(home)
        .map(state ->
            new StackBuilder(checkout, home)
                .ports(state.ports())
                .without(state.without())
                .notifications(state.notifications())
                .build())
        .filter(stack ->
            stack.components().stream()
                .allMatch(component -> stack.condition(component) != Condition.ENDED))
        .isPresent();
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ParameterException mistake(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
