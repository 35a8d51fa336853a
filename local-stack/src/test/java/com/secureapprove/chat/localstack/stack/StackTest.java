package com.secureapprove.chat.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.localstack.process.Polling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stack with stubs of the services and the gateway, which need no backing services.
class StackTest {

  private static final Set<Component> BACKING_SERVICES =
      Set.of(Component.POSTGRES, Component.REDIS, Component.KEYCLOAK);

  @TempDir private Path root;

  private StubCheckout checkout;
  private Stack stack;

  @BeforeEach
  void startServices() throws Exception {
    checkout = new StubCheckout(root);
    StackHome home = new StackHome(root.resolve("home"));
    stack =
        new StackBuilder(checkout.checkout(), home)
            .ports(StackPorts.free())
            .without(BACKING_SERVICES)
            .build();
    stack.start();
  }

  @AfterEach
  void stop() throws Exception {
    stack.close();
    checkout.close();
  }

  @Test
  void servicesStartAndStopWithoutTheBackingServices() {
    assertThat(Component.own())
        .allMatch(component -> stack.condition(component) == Condition.READY);
    assertThat(stack.condition(Component.POSTGRES)).isEqualTo(Condition.ELSEWHERE);

    stack.close();

    assertThat(Component.own())
        .allMatch(component -> stack.condition(component) == Condition.ENDED);
  }

  @Test
  void aClosedStackStartsNothing() {
    stack.close();

    assertThatThrownBy(() -> stack.start(Component.MESSAGE)).isInstanceOf(ComponentFailure.class);
    assertThat(stack.home().ledger().running()).isEmpty();
  }

  @Test
  void aKilledComponentIsDownUntilItIsStarted() {
    stack.kill(Component.MESSAGE);

    assertThat(stack.condition(Component.MESSAGE)).isEqualTo(Condition.ENDED);
    assertThat(stack.died()).isEmpty();

    stack.start(Component.MESSAGE);

    assertThat(stack.condition(Component.MESSAGE)).isEqualTo(Condition.READY);
  }

  @Test
  void anUnexpectedEndIsReported() {
    stack.home().ledger().running("gateway").orElseThrow().handle().orElseThrow().destroyForcibly();

    while (stack.condition(Component.GATEWAY) != Condition.ENDED) {
      Thread.onSpinWait();
    }
    assertThat(stack.died()).containsExactly("gateway");
    assertThat(stack.died()).isEmpty();
  }

  @Test
  void everyComponentGetsItsOwnRoleAndKey() {
    assertThat(stack.environment(Component.PRESENCE))
        .containsEntry("QUARKUS_HTTP_PORT", "" + stack.url(Component.PRESENCE).getPort())
        .containsEntry("CHAT_DATABASE_URL", stack.postgres().jdbcUrl("chat"))
        .containsEntry("CHAT_DATABASE_PASSWORD", stack.postgres().password("chat_presence"))
        .hasEntrySatisfying(
            "CHAT_INTERNAL_KEY_FILE", file -> assertThat(file).endsWith("presence.jwk"));
    assertThat(stack.environment(Component.GATEWAY))
        .containsEntry("CHAT_PUBLIC_URL", stack.baseUrl().toString())
        .doesNotContainKey("CHAT_DATABASE_URL");
  }

  @Test
  void theMainAddressStillWorksAfterOneOfTwoInstancesIsKilled() throws Exception {
    stack.close();
    stack =
        new StackBuilder(checkout.checkout(), stack.home())
            .ports(StackPorts.free(2))
            .without(BACKING_SERVICES)
            .build();
    stack.start();
    List<Instance> instances = stack.instances(Component.PRESENCE);
    assertThat(instances).extracting(Instance::name).containsExactly("presence", "presence-2");

    stack.kill(instances.getFirst());

    assertThat(stack.condition(instances.getFirst())).isEqualTo(Condition.ENDED);
    assertThat(stack.condition(instances.getLast())).isEqualTo(Condition.READY);
    assertThat(stack.condition(Component.PRESENCE)).isEqualTo(Condition.ENDED);
    // the balancer looks for ready instances every 500 ms, like a readiness probe
    assertThat(Polling.until(Duration.ofSeconds(10), () -> isOk(stack.url(Component.PRESENCE))))
        .isTrue();
    stack.start(instances.getFirst());
    assertThat(stack.condition(Component.PRESENCE)).isEqualTo(Condition.READY);
  }

  @Test
  void notificationServiceRunsOnlyIfTheStackIsAskedForIt() {
    assertThat(stack.components()).doesNotContain(Component.NOTIFICATION);
    assertThat(stack.environment(Component.GATEWAY)).doesNotContainKey("CHAT_NOTIFICATION_URL");

    stack.close();
    stack =
        new StackBuilder(checkout.checkout(), stack.home())
            .ports(StackPorts.free())
            .without(
                Set.of(
                    Component.POSTGRES,
                    Component.REDIS,
                    Component.KEYCLOAK,
                    Component.PRESENCE,
                    Component.CONVERSATION,
                    Component.MESSAGE,
                    Component.ATTACHMENT,
                    Component.GATEWAY))
            .notifications(true)
            .build();
    stack.start();

    assertThat(stack.condition(Component.NOTIFICATION)).isEqualTo(Condition.READY);
    assertThat(stack.environment(Component.GATEWAY))
        .containsEntry("CHAT_NOTIFICATION_URL", stack.url(Component.NOTIFICATION).toString());
    assertThat(stack.environment(Component.NOTIFICATION))
        .containsKeys("CHAT_DATABASE_PASSWORD", "CHAT_OUTBOUND_ALLOW_HTTP");
  }

  /// Whether the address answers with 200.
  private static boolean isOk(URI uri) {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
