package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.process.PortHolder;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.localstack.stack.Part;
import com.secureapprove.chat.localstack.stack.StackPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Describes ports that another process uses, and how to fix the conflict.
final class TakenPorts {

  private TakenPorts() {}

  static List<String> describe(StackPorts ports, Set<Part> parts) {
    List<String> lines = new ArrayList<>();
    for (Part part : Part.values()) {
      if (parts.contains(part)) {
        add(lines, part, part.label(), ports.of(part));
        if (part.isOwn()) {
          for (Instance instance : ports.instances(part)) {
            StackPorts.Listening listening = ports.of(instance);
            if (listening.port() != ports.of(part)) {
              add(lines, part, instance.name(), listening.port());
            }
            add(lines, part, instance.name() + "'s health", listening.management());
          }
        }
      }
    }
    return lines;
  }

  private static void add(List<String> lines, Part part, String what, int port) {
    if (PortHolder.isTaken(port)) {
      String holder =
          PortHolder.find(port).map(PortHolder::describe).orElse("a process of another user");
      lines.add(
          "Port %d, for %s, is in use by %s. Stop it, or choose another port with --port-%s or %s."
              .formatted(port, what, holder, part.label(), StackPorts.variable(part)));
    }
  }
}
