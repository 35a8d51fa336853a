package com.secureapprove.chat.faultsuite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.clients.Api;
import com.secureapprove.chat.faultsuite.clients.Device;
import com.secureapprove.chat.faultsuite.clients.DeviceConnection;
import com.secureapprove.chat.faultsuite.clients.Endpoints;
import com.secureapprove.chat.faultsuite.clients.RunState;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.Guarantee;
import com.secureapprove.chat.faultsuite.history.Violation;
import com.secureapprove.chat.localstack.process.Polling;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Devices at a gateway that refuses every connection.
class QuiescenceTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// Lasts until the year 2286.
  private static final String TOKEN =
      "theirs.%s.signed"
          .formatted(
              Base64.getUrlEncoder()
                  .encodeToString("{\"exp\":9999999999}".getBytes(StandardCharsets.UTF_8)));

  private final RunState runState = new RunState();
  private final HttpClient http = Api.newClient();
  private HttpServer gateway;

  @BeforeEach
  void startGateway() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    gateway.start();
  }

  @AfterEach
  void stopGateway() {
    gateway.stop(0);
    http.close();
  }

  @Test
  void aDeviceWithoutConnectionIsNotQuiescent() throws InterruptedException {
    Device device =
        device(
            new Endpoints(
                List.of(URI.create("http://127.0.0.1:" + gateway.getAddress().getPort()))));
    Thread thread = Thread.ofVirtual().start(device);
    device.quiesce();
    Optional<String> why = Optional.of("it is not connected; the connection did not open");
    Polling.until(TIMEOUT, () -> device.pendingWork().equals(why));

    assertThat(FaultRun.quiesce(List.of(device), Duration.ZERO).violations())
        .containsExactly(
            new Violation(
                Guarantee.QUIESCENCE, "tests-device is not quiescent: " + why.orElseThrow()));
    assertThat(runState.responses().violations()).containsKey("upgrade refused: 500");
    device.stop();
    thread.join();
  }

  @Test
  void aDeviceThatEndsEarlyIsFound() throws InterruptedException {
    Device device = device(new Endpoints(List.of()));
    Thread thread = Thread.ofVirtual().unstarted(device);
    thread.setUncaughtExceptionHandler((_, _) -> {});
    thread.start();
    thread.join();

    assertThat(runState.responses().violations().keySet())
        .singleElement()
        .asString()
        .startsWith("tests-device ended by java.lang.IllegalArgumentException");
    assertThat(FaultRun.quiesce(List.of(device), Duration.ZERO).violations()).hasSize(1);
  }

  private Device device(Endpoints endpoints) {
    return new Device(
        DeviceConnection.newClient(),
        endpoints,
        runState,
        new Api(http, endpoints, () -> TOKEN, 1, runState.responses()),
        new DeviceLog("tests-device", "alice", "acme"),
        List.of("alice"),
        Duration.ofMillis(10),
        1);
  }
}
