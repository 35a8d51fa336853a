package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.process.PortHolder;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.localstack.stack.StackPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Describes ports that another process uses, and how to fix the conflict.
final class TakenPorts {

  private TakenPorts() {}

  static List<String> describe(StackPorts ports, Set<Component> components) {
    List<String> lines = new ArrayList<>();
    for (Component component : Component.values()) {
      if (components.contains(component)) {
        add(lines, component, component.label(), ports.of(component));
        if (component.isOwn()) {
          for (Instance instance : ports.instances(component)) {
            StackPorts.Listening listening = ports.of(instance);
            if (listening.port() != ports.of(component)) {
              add(lines, component, instance.name(), listening.port());
            }
            add(lines, component, instance.name() + "'s health", listening.management());
          }
        }
      }
    }
    return lines;
  }

  private static void add(List<String> lines, Component component, String what, int port) {
    if (PortHolder.isTaken(port)) {
      String holder =
          PortHolder.find(port).map(PortHolder::describe).orElse("a process of another user");
      lines.add(
          "Port %d, for %s, is in use by %s. Stop it, or choose another port with --port-%s or %s."
              .formatted(port, what, holder, component.label(), StackPorts.variable(component)));
    }
  }
}
