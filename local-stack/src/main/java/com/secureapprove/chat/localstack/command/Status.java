package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.Memory;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Condition;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackBuilder;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackState;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints each component's state, address, process id and memory.
@Command(
    name = "status",
    description = "Shows each component's state, address, process id and memory.",
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {"0:everything is running", "3:something is not running"})
final class Status implements Callable<Integer> {

  private static final int NOT_RUNNING = 3;
  private static final String LINE = "%-14s %-10s %-24s %8s %10s%n";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Checkout checkout = Checkout.current();
    StackHome home = StackHome.of(checkout);
    PrintWriter out = spec.commandLine().getOut();
    Optional<StackState> state = StackState.load(home);
    if (state.isEmpty()) {
      out.println("Nothing is running. ./chat up starts everything.");
      return NOT_RUNNING;
    }
    boolean all = true;
    out.printf(LINE, "component", "state", "address", "process", "memory");
    Stack stack =
        new StackBuilder(checkout, home)
            .ports(state.get().ports())
            .without(state.get().without())
            .notifications(state.get().notifications())
            .build();
    for (Component component : Component.values()) {
      if (component.isOptional() && !stack.components().contains(component)) {
        continue;
      }
      all &=
          stack.condition(component) == Condition.READY || !stack.components().contains(component);
      if (component.isOwn() && stack.instances(component).size() > 1) {
        for (Instance instance : stack.instances(component)) {
          String address = stack.url(instance).toString();
          print(out, stack, instance.name(), stack.condition(instance), address);
        }
      } else {
        print(out, stack, component.label(), stack.condition(component), stack.address(component));
      }
    }
    Optional<ProcessHandle> launcher =
        home.launcher().running().stream().findFirst().flatMap(KnownProcess::handle);
    OptionalLong memory = launcher.map(Memory::of).orElse(OptionalLong.empty());
    print(out, "launcher", launcher.isPresent() ? "running" : "killed", "", launcher, memory);
    return all && launcher.isPresent() ? ExitCode.OK : NOT_RUNNING;
  }

  private static void print(
      PrintWriter out, Stack stack, String name, Condition condition, String address) {
    Optional<ProcessHandle> process = stack.process(name);
    OptionalLong memory = process.map(Memory::ofFamily).orElse(OptionalLong.empty());
    print(out, name, word(condition), address, process, memory);
  }

  private static void print(
      PrintWriter out,
      String name,
      String condition,
      String address,
      Optional<ProcessHandle> process,
      OptionalLong memory) {
    out.printf(
        LINE,
        name,
        condition,
        address,
        process.map(handle -> Long.toString(handle.pid())).orElse("-"),
        memory.isPresent() ? "%d MiB".formatted(memory.getAsLong() / 1024) : "-");
  }

  private static String word(Condition condition) {
    return switch (condition) {
      case READY -> "ready";
      case NOT_READY -> "not ready";
      case ENDED -> "ended";
      case ELSEWHERE -> "left out";
    };
  }
}
