package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.clients.Doors;
import com.secureapprove.chat.faultsuite.faults.SmallDisk;
import com.secureapprove.chat.faultsuite.faults.Targets;
import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.Relay;
import com.secureapprove.chat.localstack.process.Waiting;
import com.secureapprove.chat.localstack.stack.Condition;
import com.secureapprove.chat.localstack.stack.Part;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackPorts;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A separate stack with its own stores, in which every connection can be cut. It needs no
/// Keycloak: its people come from [TestIssuer].
final class Site implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration LEFT_STOP_WITHIN = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final TestIssuer issuer = TestIssuer.start();
  private final Stack stack;
  private final List<Relay> toGateways;
  private final Relay toRedis;
  private final Relay toPostgres;
  private final SmallDisk disk;

  Site(Settings settings) throws IOException {
    StackHome home = new StackHome(settings.home());
    // a killed run left its stores running on data that is deleted now
    home.ledger().stopAll(LEFT_STOP_WITHIN);
    SmallDisk.takeAway(home.data("attachments"));
    home.forget();
    StackPorts ports = StackPorts.free(settings.replicas());
    toRedis = relay(ports.of(Part.REDIS));
    toPostgres = relay(ports.of(Part.POSTGRES));
    toGateways =
        ports.instances(Part.GATEWAY).stream()
            .map(instance -> relay(ports.of(instance).port()))
            .toList();
    disk = new SmallDisk(home.data("attachments"), settings.diskBytes());
    stack =
        Stack.builder(Checkout.current(), home)
            .ports(ports)
            .without(Set.of(Part.KEYCLOAK))
            .detours(Map.of(Part.REDIS, toRedis.port(), Part.POSTGRES, toPostgres.port()))
            .gatewaySettings(gatewaySettings())
            .build();
  }

  private static Relay relay(int port) {
    InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new Relay(0, () -> List.of(target));
  }

  private Map<String, String> gatewaySettings() {
    Map<String, String> settings = new HashMap<>(issuer.gatewaySettings());
    // people here talk more than people do
    settings.put("chat.limits.messages-per-minute", "1000000");
    settings.put("chat.limits.uploads-per-minute", "1000000");
    settings.put("chat.limits.conversations-per-hour", "1000000");
    return settings;
  }

  void start() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothing, "stop"));
    stack.start();
  }

  /// The addresses of the gateways, one each.
  Doors doors() {
    return new Doors(
        toGateways.stream().map(relay -> URI.create("http://127.0.0.1:" + relay.port())).toList());
  }

  Targets targets() {
    return new Targets(stack, toGateways, toRedis, toPostgres, disk);
  }

  boolean hasDisk() {
    return disk.isThere();
  }

  TestIssuer issuer() {
    return issuer;
  }

  Stack stack() {
    return stack;
  }

  /// Those that do not come back in time.
  List<String> notReady() {
    List<String> late = new ArrayList<>();
    Waiting.until(
        READY_WITHIN,
        BETWEEN_LOOKS,
        () -> {
          late.clear();
          late.addAll(unready());
          return late.isEmpty();
        });
    return Stream.concat(late.stream(), stack.died().stream()).distinct().toList();
  }

  private List<String> unready() {
    return Part.own().stream()
        .flatMap(part -> stack.instances(part).stream())
        .filter(instance -> stack.condition(instance) != Condition.READY)
        .map(instance -> instance.name())
        .toList();
  }

  /// Called if the run is ended early.
  private void leaveNothing() {
    stack.close();
    disk.close();
  }

  @Override
  public void close() {
    stack.close();
    toGateways.forEach(Relay::close);
    toRedis.close();
    toPostgres.close();
    disk.close();
    issuer.close();
  }
}
