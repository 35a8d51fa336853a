package com.secureapprove.chat.systemtests.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The packaged components end their start if a setting is unsafe, and name the property but not
/// its value. Each start has several unsafe settings, because all of them are reported.
@ExtendWith(RunningSuite.class)
class UnsafeSettingsST {
  private static final int STARTS_WITHIN_SECONDS = 60;

  private final Suite suite;

  UnsafeSettingsST(Suite suite) {
    this.suite = suite;
  }

  @Test
  void theGatewayNamesEachUnsafeSetting() throws Exception {
    String log =
        start(
            Component.GATEWAY,
            Map.of(
                "chat.public-url", "http://chat.example",
                "chat.allowed-origins", "https://app.example,http://other.example",
                "chat.demo", "true",
                "chat.session-secret", "changeme-changeme-changeme-changeme",
                "chat.redis.url", "redis://redis.example:6379",
                "chat.internal.demo-keys", "false",
                "quarkus.http.cors.enabled", "true",
                "chat.issuers.acme.after-sign-out", "https://evil.example/",
                "chat.issuers.globex.after-sign-out", "/t/globex/"));
    assertThat(log)
        .contains(
            "chat.public-url must begin with https://",
            "chat.allowed-origins contains http://other.example",
            "chat.demo must not be set",
            "chat.session-secret is a well-known value",
            "chat.redis.url has no password",
            "chat.internal.trust-file contains the key of demonstrations",
            "quarkus.http.cors.enabled must not be set",
            "chat.issuers.acme.after-sign-out must be a path of chat.public-url",
            "chat.issuers.globex.after-sign-out must not sign in again")
        .doesNotContain("changeme", "Listening on");
  }

  @Test
  void aServiceNamesEachUnsafeSetting() throws Exception {
    String redis = suite.stack().environment(Component.PRESENCE).get("CHAT_REDIS_URL");
    String password = String.valueOf(redis).replaceAll(".*:([^:@]+)@.*", "$1");
    String log =
        start(
            Component.PRESENCE,
            Map.of("chat.internal.demo-keys", "false", "chat.database.password", password));
    assertThat(log)
        .contains("chat.internal.trust-file contains the key of demonstrations")
        .containsPattern("chat\\.(redis\\.url|database\\.password) is equal to chat\\.")
        .doesNotContain(password, "Listening on");
  }

  @Test
  void aRunningServiceHasNoPasswordOfAnOwner() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs Linux");
    List<String> services =
        suite.stack().components().stream()
            .filter(component -> component.isOwn() && component != Component.GATEWAY)
            .map(Component::label)
            .toList();
    assertThat(services).contains("message", "attachment");
    for (String service : services) {
      long pid = suite.stack().process(service).orElseThrow().pid();
      String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
      assertThat(environment)
          .contains(suite.stack().postgres().password("chat_" + service))
          .doesNotContain(suite.stack().postgres().password("chat_" + service + "_owner"));
    }
  }

  private String start(Component component, Map<String, String> unsafe)
      throws IOException, InterruptedException {
    Path jar =
        Checkout.current()
            .root()
            .resolve(component.module())
            .resolve("target/quarkus-app/quarkus-run.jar");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"));
    unsafe.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", jar.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(suite.stack().environment(component));
    List<Integer> ports = Ports.free(2);
    builder.environment().put("QUARKUS_HTTP_PORT", ports.getFirst().toString());
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", ports.getLast().toString());
    builder.environment().put("CHAT_MIGRATE_AT_START", "false");
    Process process = builder.redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(STARTS_WITHIN_SECONDS, TimeUnit.SECONDS)).as(log).isTrue();
      assertThat(process.exitValue()).as(log).isNotZero();
      return log;
    } finally {
      process.destroyForcibly();
    }
  }
}
