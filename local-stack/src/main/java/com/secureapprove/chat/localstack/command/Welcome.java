package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Stack;
import java.io.PrintWriter;
import java.util.Set;
import java.util.stream.Collectors;

/// Prints how to use the running stack.
record Welcome(Stack stack, Set<Component> without, PrintWriter out) {

  void print() {
    out.printf("%nSecureApprove Chat is at %s%n%n", stack.baseUrl());
    for (DemoTenant tenant : DemoTenant.all()) {
      String people =
          tenant.people().stream()
              .map(DemoTenant.Person::userName)
              .collect(Collectors.joining(", "));
      out.printf("  organisation %-8s people %s%n", tenant.name(), people);
    }
    out.printf("  everybody's password is %s%n%n", DemoTenant.PASSWORD);
    out.printf("  a token for curl    ./chat token acme alice%n");
    out.printf("  state               ./chat status%n");
    out.printf("  logs                ./chat logs [component], or %s%n", stack.home().log("*"));
    out.printf("  stop                Ctrl-C, or ./chat down%n");
    without.stream()
        .filter(component -> component.isOwn() && !component.isOptional())
        .forEach(this::printDevMode);
    out.flush();
  }

  private void printDevMode(Component component) {
    out.printf("%nTo run %s separately against this stack:%n%n", component.label());
    out.printf("  eval \"$(./chat environment %s)\"%n", component.label());
    out.printf("  ./mvnw -pl %s -am -Dquick quarkus:dev%n", component.module());
  }
}
