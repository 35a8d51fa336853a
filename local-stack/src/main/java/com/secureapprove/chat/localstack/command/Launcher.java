package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.KnownProcess.Signal;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.ComponentFailure;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackBuilder;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackPorts;
import com.secureapprove.chat.localstack.stack.StackState;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ExitCode;

/// Runs a stack in this process until it is stopped. The caller holds the lock of the home.
///
/// @param without the components that another process runs, and optional ones that do not run
record Launcher(
    StackHome home, StackPorts ports, Set<Component> without, Console console, PrintWriter out) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final Duration OTHERS_RESPOND_WITHIN = Duration.ofMinutes(15);
  private static final int LAST_LINES = 25;

  /// Starts the stack. Returns only if that failed.
  ///
  /// @param builder the options of the stack; this adds ports, exclusions and progress
  int run(StackBuilder builder) {
    // Left by a launcher that was killed.
    home.clearState();
    home.launcher().add(KnownProcess.of("launcher", ProcessHandle.current(), Signal.TERM));
    Stack stack =
        builder
            .ports(ports)
            .without(without)
            .notifications(!without.contains(Component.NOTIFICATION))
            .progress(console)
            .build();
    stack.stopLeftovers();
    List<String> taken = TakenPorts.describe(ports, stack.components());
    if (!taken.isEmpty()) {
      taken.forEach(out::println);
      home.launcher().clear();
      return ExitCode.SOFTWARE;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
    new StackState(ports, without, false).save(home);
    Thread.ofVirtual().start(() -> watch(stack));
    try {
      stack.start();
    } catch (ComponentFailure failure) {
      console.failed(failure, home, LAST_LINES);
      return ExitCode.SOFTWARE;
    }
    if (fillsLater()) {
      Thread.ofVirtual().start(() -> fillDirectories(stack));
    }
    new Welcome(stack, without, out).print();
    // Written after the output, because commands wait for this state and then stop reading it.
    new StackState(ports, without, true).save(home);
    RepairRequest request = new RepairRequest(home);
    while (true) {
      request.answerIfPending(() -> repair(stack));
      Polling.pause(BETWEEN_LOOKS);
    }
  }

  private String repair(Stack stack) {
    try {
      List<String> started = stack.repair();
      if (!fillsLater()) {
        stack.fillDirectories();
      }
      return started.isEmpty()
          ? "Everything runs."
          : "Started what had ended: %s.".formatted(String.join(", ", started));
    } catch (ComponentFailure failure) {
      console.failed(failure, home, LAST_LINES);
      return "%s. ./chat logs %s shows why."
          .formatted(failure.getMessage(), failure.component().label());
    } catch (IOException problem) {
      return "The demo people are not in the directories: " + problem.getMessage();
    }
  }

  /// Whether the directories can be filled only after another process has started a component.
  private boolean fillsLater() {
    return without.contains(Component.PRESENCE) || without.contains(Component.GATEWAY);
  }

  private void watch(Stack stack) {
    while (true) {
      stack.died().forEach(name -> console.died(name, home, LAST_LINES));
      Polling.pause(BETWEEN_LOOKS);
    }
  }

  private void fillDirectories(Stack stack) {
    try {
      stack.fillDirectories(OTHERS_RESPOND_WITHIN);
      console.note("The demo people are in the directories.");
    } catch (IOException problem) {
      console.note("The demo people are not in the directories: " + problem.getMessage());
    }
  }

  private void stop(Stack stack) {
    console.stopping();
    stack.close();
    home.clearState();
    console.stopped();
  }
}
