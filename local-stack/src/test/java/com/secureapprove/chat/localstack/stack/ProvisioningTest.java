package com.secureapprove.chat.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.localstack.process.Ports;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvisioningTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final long PEOPLE =
      DemoTenant.all().stream().mapToLong(tenant -> tenant.people().size()).sum();

  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Integer> next = new ArrayDeque<>();
  private final Progress progress =
      new Progress() {
        @Override
        public void ready(String name, String address, Duration took) {}

        @Override
        public void note(String line) {
          notes.add(line);
        }
      };
  private int otherwise = 201;
  private int requests;
  private HttpServer gateway;

  @BeforeEach
  void startGateway() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/scim/v2/Users",
        exchange -> {
          requests++;
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(next.isEmpty() ? otherwise : next.remove(), -1);
          exchange.close();
        });
    gateway.start();
  }

  @AfterEach
  void stopGateway() {
    gateway.stop(0);
  }

  @Test
  void a503IsRetriedAndReportedOnce() throws IOException {
    next.addAll(List.of(503, 503, 201, 429));

    provisioning(gateway.getAddress().getPort()).fill(LONG, progress);

    assertThat(requests).isEqualTo((int) PEOPLE + 3);
    assertThat(notes).singleElement().asString().contains("responded with 503", "up to 30 s");
  }

  @Test
  void retriesEndAfterTheirTime() {
    otherwise = 503;

    assertThatThrownBy(() -> provisioning(gateway.getAddress().getPort()).fill(SHORT, progress))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("responded with 503");
  }

  @Test
  void anUnreachableGatewayIsReported() {
    assertThatThrownBy(() -> provisioning(Ports.free(1).getFirst()).fill(SHORT, progress))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not respond");
    assertThat(notes).singleElement().asString().contains("does not respond");
  }

  @Test
  void anExistingPersonIsKeptAndARefusalIsFinal() throws IOException {
    otherwise = 409;
    provisioning(gateway.getAddress().getPort()).fill(LONG, progress);

    otherwise = 400;
    assertThatThrownBy(() -> provisioning(gateway.getAddress().getPort()).fill(LONG, progress))
        .hasMessageContaining("responded with 400");
    assertThat(requests).isEqualTo((int) PEOPLE + 1);
    assertThat(notes).isEmpty();
  }

  private static ScimProvisioning provisioning(int port) {
    return new ScimProvisioning(
        URI.create("http://127.0.0.1:" + port), Map.of("acme", "a", "globex", "g"));
  }
}
