package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.KnownProcess.Signal;
import com.secureapprove.chat.localstack.process.Waiting;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.ComponentFailure;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackPorts;
import com.secureapprove.chat.localstack.stack.StackState;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts everything and runs until it is stopped.
@Command(name = "up", description = "Starts everything; Ctrl-C stops it.")
final class Up implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final int LAST_LINES = 25;

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

  @Option(
      names = "--replicas",
      paramLabel = "<count>",
      defaultValue = "1",
      description = "Number of instances of each service and of the gateway, 1 to 5.")
  private int replicas;

  @Override
  public Integer call() {
    Checkout checkout = Checkout.current();
    StackHome home = Chat.home(checkout);
    StackPorts ports = portOptions.ports(replicas);
    PrintWriter out = spec.commandLine().getOut();
    Optional<FileLock> lock = home.tryLock();
    if (lock.isEmpty()) {
      out.println(Running.describe(home));
      return ExitCode.OK;
    }
    if (detach) {
      lock.get().close();
      return new Detached(home, out).start(spec.commandLine().getParseResult().originalArgs());
    }
    return run(checkout, home, ports, out);
  }

  private int run(Checkout checkout, StackHome home, StackPorts ports, PrintWriter out) {
    Console console = new Console(out);
    // Left by a launcher that was killed.
    home.clearState();
    home.launcher().add(KnownProcess.of("launcher", ProcessHandle.current(), Signal.TERM));
    Stack stack =
        Stack.builder(checkout, home).ports(ports).without(without).progress(console).build();
    stack.stopLeftovers();
    List<String> taken = TakenPorts.describe(ports, stack.components());
    if (!taken.isEmpty()) {
      taken.forEach(out::println);
      home.launcher().clear();
      return ExitCode.SOFTWARE;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, console), "stop"));
    new StackState(ports, without, false).save(home);
    Thread.ofVirtual().start(() -> watch(stack, console));
    try {
      stack.start();
    } catch (ComponentFailure failure) {
      console.failed(failure, home, LAST_LINES);
      return ExitCode.SOFTWARE;
    }
    if (without.contains(Component.PRESENCE) || without.contains(Component.GATEWAY)) {
      Thread.ofVirtual().start(() -> fillDirectories(stack, console));
    }
    new Welcome(stack, without, out).print();
    // Written after the output, because commands wait for this state and then stop reading it.
    new StackState(ports, without, true).save(home);
    while (true) {
      Waiting.pause(Duration.ofDays(1));
    }
  }

  private static void watch(Stack stack, Console console) {
    while (true) {
      stack.died().forEach(name -> console.died(name, stack.home(), LAST_LINES));
      Waiting.pause(BETWEEN_LOOKS);
    }
  }

  /// Fills the directories once a separately started presence-service and gateway respond.
  private static void fillDirectories(Stack stack, Console console) {
    while (true) {
      try {
        stack.fillDirectories();
        console.note("The demo people are in the directories.");
        return;
      } catch (IOException _) {
        Waiting.pause(BETWEEN_LOOKS);
      }
    }
  }

  private static void stop(Stack stack, Console console) {
    console.stopping();
    stack.close();
    stack.home().clearState();
    console.stopped();
  }
}
