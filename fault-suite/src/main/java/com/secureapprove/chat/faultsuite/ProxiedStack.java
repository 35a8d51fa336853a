package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.clients.Endpoints;
import com.secureapprove.chat.faultsuite.faults.FaultTargets;
import com.secureapprove.chat.faultsuite.faults.SmallDisk;
import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.process.TcpProxy;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Condition;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackBuilder;
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
final class ProxiedStack implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final TestIssuer issuer = TestIssuer.start();
  private final Stack stack;
  private final List<TcpProxy> gatewayProxies;
  private final TcpProxy redisProxy;
  private final TcpProxy postgresProxy;
  private final SmallDisk disk;
  private final Checkout former;

  ProxiedStack(RunSettings settings) throws IOException {
    StackHome home = new StackHome(settings.home());
    // a killed run leaves its stores running, and their data is deleted now
    home.ledger().stopAll(STOP_TIMEOUT);
    SmallDisk.unmount(home.data("attachments"));
    home.forget();
    StackPorts ports = StackPorts.free(settings.replicas());
    redisProxy = proxy(ports.of(Component.REDIS));
    postgresProxy = proxy(ports.of(Component.POSTGRES));
    gatewayProxies =
        ports.instances(Component.GATEWAY).stream()
            .map(instance -> proxy(ports.of(instance).port()))
            .toList();
    disk = new SmallDisk(home.data("attachments"), settings.diskBytes());
    stack =
        new StackBuilder(Checkout.current(), home)
            .ports(ports)
            .without(Set.of(Component.KEYCLOAK))
            .proxyPorts(
                Map.of(
                    Component.REDIS, redisProxy.port(), Component.POSTGRES, postgresProxy.port()))
            .gatewaySettings(gatewaySettings())
            .build();
    Checkout release = settings.former();
    former = release == null ? Checkout.current() : release;
    instances().forEach(instance -> stack.runFrom(instance, former));
  }

  private static TcpProxy proxy(int port) {
    InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new TcpProxy(0, () -> List.of(target));
  }

  private Map<String, String> gatewaySettings() {
    Map<String, String> settings = new HashMap<>(issuer.gatewaySettings());
    // clients here send faster than the rate limits for people allow
    settings.put("chat.limits.messages-per-minute", "1000000");
    settings.put("chat.limits.uploads-per-minute", "1000000");
    settings.put("chat.limits.conversations-per-hour", "1000000");
    settings.put("chat.limits.changes-per-minute", "1000000");
    settings.put("chat.limits.reads-per-second", "100000");
    settings.put("chat.limits.frames-per-second", "100000");
    settings.put("chat.limits.connections-per-minute", "1000000");
    return settings;
  }

  void start() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeEarly, "stop"));
    stack.start();
  }

  /// The addresses of the gateways, one each.
  Endpoints endpoints() {
    return new Endpoints(
        gatewayProxies.stream()
            .map(proxy -> URI.create("http://127.0.0.1:" + proxy.port()))
            .toList());
  }

  FaultTargets targets() {
    return new FaultTargets(stack, gatewayProxies, redisProxy, postgresProxy, disk, former);
  }

  boolean hasDisk() {
    return disk.isMounted();
  }

  TestIssuer issuer() {
    return issuer;
  }

  Stack stack() {
    return stack;
  }

  /// The instances that are not ready in time.
  List<String> notReady() {
    List<String> late = new ArrayList<>();
    Polling.until(
        READY_TIMEOUT,
        POLL_INTERVAL,
        () -> {
          late.clear();
          late.addAll(unready());
          return late.isEmpty();
        });
    return Stream.concat(late.stream(), stack.died().stream()).distinct().toList();
  }

  private Stream<Instance> instances() {
    return Component.own().stream().flatMap(component -> stack.instances(component).stream());
  }

  private List<String> unready() {
    return instances()
        .filter(instance -> stack.condition(instance) != Condition.READY)
        .map(instance -> instance.name())
        .toList();
  }

  /// Called if the run is interrupted.
  private void closeEarly() {
    stack.close();
    disk.close();
  }

  @Override
  public void close() {
    stack.close();
    gatewayProxies.forEach(TcpProxy::close);
    redisProxy.close();
    postgresProxy.close();
    disk.close();
    issuer.close();
  }
}
