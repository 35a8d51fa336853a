package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.process.TcpProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// Distributes the connections to a component among its ready instances. It ends with the program
/// that runs the stack.
final class Balancer implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final StackPorts ports;
  private final List<Instance> instances;
  private final Predicate<Instance> isReady;
  private final TcpProxy proxy;
  private volatile List<InetSocketAddress> ready = List.of();
  private volatile boolean closed;

  /// Starts to listen on the component's main port.
  ///
  /// @param isReady checks the readiness of an instance
  Balancer(StackPorts ports, Component component, Predicate<Instance> isReady) {
    this.ports = ports;
    this.instances = ports.instances(component);
    this.isReady = isReady;
    this.proxy = new TcpProxy(ports.of(component), () -> ready);
    Thread.ofVirtual().name("balancer-" + component.label()).start(this::look);
  }

  private void look() {
    while (!closed) {
      ready = instances.stream().filter(isReady).map(this::address).toList();
      Polling.pause(BETWEEN_LOOKS);
    }
  }

  private InetSocketAddress address(Instance instance) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(instance).port());
  }

  @Override
  public void close() {
    closed = true;
    proxy.close();
  }
}
