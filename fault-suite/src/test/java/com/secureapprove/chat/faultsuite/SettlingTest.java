package com.secureapprove.chat.faultsuite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.clients.Api;
import com.secureapprove.chat.faultsuite.clients.Device;
import com.secureapprove.chat.faultsuite.clients.Doors;
import com.secureapprove.chat.faultsuite.clients.Line;
import com.secureapprove.chat.faultsuite.clients.World;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.Violation;
import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import com.secureapprove.chat.localstack.process.Waiting;
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

/// Devices at a gateway that never lets them in.
class SettlingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Lasts until the year 2286.
  private static final String TOKEN =
      "theirs.%s.signed"
          .formatted(
              Base64.getUrlEncoder()
                  .encodeToString("{\"exp\":9999999999}".getBytes(StandardCharsets.UTF_8)));

  private final World world = new World();
  private final HttpClient http = Api.newClient();
  private HttpServer gateway;

  @BeforeEach
  void opens() throws IOException {
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
  void closes() {
    gateway.stop(0);
    http.close();
  }

  @Test
  void aDeviceThatIsNeverConnectedDoesNotSettleAndSaysWhy() throws InterruptedException {
    Device device =
        device(
            new Doors(List.of(URI.create("http://127.0.0.1:" + gateway.getAddress().getPort()))));
    Thread thread = Thread.ofVirtual().start(device);
    device.settle();
    Optional<String> why = Optional.of("it is not connected; its line did not open");
    Waiting.until(PATIENCE, () -> device.unsettled().equals(why));

    assertThat(Run.settle(List.of(device), Duration.ZERO).violations())
        .containsExactly(
            new Violation(Promise.SETTLES, "tests-device does not: " + why.orElseThrow()));
    assertThat(world.answers().wrong()).containsKey("an upgrade: 500");
    device.stop();
    thread.join();
  }

  @Test
  void aDeviceThatEndsBeforeItsTimeIsFound() throws InterruptedException {
    Device device = device(new Doors(List.of()));
    Thread thread = Thread.ofVirtual().unstarted(device);
    thread.setUncaughtExceptionHandler((_, _) -> {});
    thread.start();
    thread.join();

    assertThat(world.answers().wrong().keySet())
        .singleElement()
        .asString()
        .startsWith("tests-device ended by java.lang.IllegalArgumentException");
    assertThat(Run.settle(List.of(device), Duration.ZERO).violations()).hasSize(1);
  }

  private Device device(Doors doors) {
    return new Device(
        Line.newClient(),
        doors,
        world,
        new Api(http, doors, () -> TOKEN, 1, world.answers()),
        new DeviceLog("tests-device", "alice", "acme"),
        List.of("alice"),
        Duration.ofMillis(10),
        1);
  }
}
