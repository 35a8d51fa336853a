package com.secureapprove.chat.systemtests.suite;

import static java.util.stream.Collectors.toMap;

import com.secureapprove.chat.localstack.keys.PrivateFiles;
import com.secureapprove.chat.localstack.keys.PushKeys;
import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.RunMode;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackPorts;
import com.secureapprove.chat.systemtests.contract.Contracts;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The packaged components as real processes on free ports, against a fresh database. Its demo
/// tenants sign in at the real Keycloak; tenants that a test makes for itself sign in at
/// [TestIssuer].
public final class Suite implements AutoCloseable {

  private static final String DATABASE = "system_tests";
  private static final int PROVISIONED = 60;

  private final Stack stack;
  private final TestIssuer issuer;
  private final HostApplication host;
  private final SpanReceiver spans;
  private final Contracts contracts = Contracts.read();
  private final Confidential confidential = new Confidential();
  private final Http http = new Http(contracts.rest());
  private final AtomicInteger tenants = new AtomicInteger();
  private final AtomicInteger provisioned = new AtomicInteger();

  private Suite(Stack stack, TestIssuer issuer, HostApplication host, SpanReceiver spans) {
    this.stack = stack;
    this.issuer = issuer;
    this.host = host;
    this.spans = spans;
  }

  static Suite start() {
    TestIssuer issuer = TestIssuer.start();
    SpanReceiver spans = SpanReceiver.start();
    int hostPort = Ports.free(1).getFirst();
    Map<String, String> settings = new HashMap<>(issuer.gatewaySettings());
    settings.putAll(provisioning());
    settings.put("chat.allowed-origins", HostApplication.origin(hostPort));
    settings.put("chat.tokens.leeway", "1s"); // tests wait for the end of tokens
    StackHome home =
        new StackHome(Path.of(System.getProperty("chat.suite", "target/suite")).toAbsolutePath());
    settings.put(
        "chat.push.server.public-key",
        PushKeys.in(PrivateFiles.directory(home.keys()), "mailto:operator@localhost.example")
            .publicKey());
    StackPorts ports = StackPorts.free();
    Stack stack =
        BackingServices.shared()
            .stack(home, DATABASE)
            .ports(ports)
            // Nothing listens there until a test starts it.
            .variables(
                Map.of(
                    "CHAT_NOTIFICATION_URL",
                    "http://127.0.0.1:" + ports.of(Component.NOTIFICATION),
                    "CHAT_PUSH_MESSAGES_CHECK_ONLINE_AGAIN_AFTER",
                    "1s",
                    "CHAT_TRACING_ENDPOINT",
                    spans.address()))
            .gatewaySettings(settings)
            .runMode(Boolean.getBoolean("chat.native") ? RunMode.NATIVE : RunMode.SMALL_JVM)
            .build();
    stack.start();
    return new Suite(
        stack, issuer, HostApplication.start(hostPort, issuer, stack.baseUrl()), spans);
  }

  private static Map<String, String> provisioning() {
    return IntStream.rangeClosed(1, PROVISIONED)
        .mapToObj(Suite::provisionedName)
        .collect(toMap(name -> "chat.provisioning." + name, Tenant::provisioningToken));
  }

  private static String provisionedName(int number) {
    return "p%03d".formatted(number);
  }

  /// The processes, to stop and to kill.
  public Stack stack() {
    return stack;
  }

  /// Runs a command in the components' Redis.
  public void tellRedis(String command) {
    String url = Objects.requireNonNull(stack.environment(Component.GATEWAY).get("CHAT_REDIS_URL"));
    int database = Integer.parseInt(url.substring(url.lastIndexOf('/') + 1));
    BackingServices.shared().redis().tell(database, command);
  }

  /// The issuer of the tenants that tests make.
  public TestIssuer issuer() {
    return issuer;
  }

  /// An application on another origin, which the gateway lets in.
  public HostApplication host() {
    return host;
  }

  /// The collector to which the components export their spans.
  public SpanReceiver spans() {
    return spans;
  }

  /// The gateway's address.
  public URI baseUrl() {
    return stack.baseUrl();
  }

  /// A person of the demo tenants, with a token of the real Keycloak.
  public ChatUser demo(String tenant, String userName) {
    return ChatUser.signIn(this, () -> stack.token(tenant, userName));
  }

  /// The texts of tests that must be in no log.
  public Confidential confidential() {
    return confidential;
  }

  /// A new tenant without people.
  public Tenant newTenant() {
    return new Tenant(this, "t%03d".formatted(tenants.incrementAndGet()));
  }

  /// What the gateway promises, and what of it was seen so far.
  public Contracts contracts() {
    return contracts;
  }

  /// A new tenant without people whose directory can be provisioned by SCIM.
  public Tenant newProvisionedTenant() {
    int number = provisioned.incrementAndGet();
    if (number > PROVISIONED) {
      throw new IllegalStateException("more than %d are not prepared".formatted(PROVISIONED));
    }
    return new Tenant(this, provisionedName(number));
  }

  /// Sends any request, and holds what the gateway answers against the contract.
  public Answer send(HttpRequest.Builder request) {
    return http.send(request);
  }

  Http http() {
    return http;
  }

  /// Restarts components, all at the same time. Sockets that were open are closed by it.
  public void restart(List<Component> components) {
    components.forEach(stack::kill);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starts =
          components.stream()
              .<Future<?>>map(component -> threads.submit(() -> stack.start(component)))
              .toList();
      for (Future<?> start : starts) {
        start.get();
      }
    } catch (ExecutionException problem) {
      throw new IllegalStateException(problem.getCause());
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(problem);
    }
  }

  @Override
  public void close() {
    stack.close();
    host.close();
    issuer.close();
    spans.close();
    http.close();
  }
}
