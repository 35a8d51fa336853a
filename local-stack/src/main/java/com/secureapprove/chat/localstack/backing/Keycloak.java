package com.secureapprove.chat.localstack.backing;

import com.secureapprove.chat.localstack.keys.PrivateFiles;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.Launch;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// A Keycloak server on loopback. It imports one realm per demo tenant at its first start.
///
/// Clients must call it as `localhost`. Keycloak derives a token's issuer from the host of the
/// request, and the issuer determines the tenant.
public final class Keycloak {

  /// Its name in a ledger.
  public static final String NAME = "keycloak";

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(4);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

  private final int port;
  private final Path data;
  private final Secrets secrets;

  /// A server with its data in `data`. After its start it listens on `port`.
  public Keycloak(int port, Path data, Secrets secrets) {
    this.port = port;
    this.data = data;
    this.secrets = secrets;
  }

  /// Starts and records the server, and returns when every realm responds. The first start takes
  /// about a minute, later ones about ten seconds.
  ///
  /// @param distribution the directory for the unpacked programs
  /// @param archives the directory into which the build has copied Keycloak's archive
  /// @param log the file for its output
  public void start(ProcessLedger ledger, Path distribution, Path archives, Path log) {
    Path programs = KeycloakDistribution.prepare(distribution, archives, log);
    layOut(programs);
    KnownProcess process = Launch.start(NAME, command(programs), environment(), data, log);
    ledger.add(process);
    try (HttpClient http = HttpClient.newHttpClient()) {
      boolean settled =
          Polling.until(
              STARTS_WITHIN, BETWEEN_LOOKS, () -> !process.isAlive() || answersForAll(http));
      if (!settled || !process.isAlive()) {
        throw new IllegalStateException("Keycloak did not start, see " + log);
      }
    }
  }

  /// Stops the server if it runs.
  public void stop(ProcessLedger ledger) {
    ledger.stop(NAME, STOPS_WITHIN);
  }

  /// The base URL of its pages.
  public URI address() {
    return URI.create("http://localhost:" + port);
  }

  /// The issuer of a tenant's tokens, the same for all clients.
  public String issuer(String tenant) {
    return address() + "/realms/" + tenant;
  }

  /// The gateway settings that make it trust the demo tenants' issuers.
  public Map<String, String> gatewaySettings() {
    return GatewayIssuers.settings(this::issuer, gatewaySecret());
  }

  /// The client secret of the gateway, whose client id is `chat-gateway`.
  public String gatewaySecret() {
    return secrets.get("keycloak-chat-gateway");
  }

  /// The client secret of `chat-publisher`, the service client that publishes notifications.
  public String publisherSecret() {
    return secrets.get("keycloak-chat-publisher");
  }

  /// A person's access token, which the gateway accepts as a bearer token.
  public String token(String tenant, String userName) {
    return TokenRequest.password(issuer(tenant), userName, DemoTenant.PASSWORD);
  }

  /// The access token of the tenant's service client with the role `chat-publisher`.
  public String publisherToken(String tenant) {
    return TokenRequest.clientCredentials(issuer(tenant), "chat-publisher", publisherSecret());
  }

  /// Sets the back-channel logout address of the gateway for all demo tenants.
  public void announceLogouts(String gateway) {
    KeycloakAdmin admin = admin();
    for (DemoTenant tenant : DemoTenant.all()) {
      admin.announceLogouts(
          tenant.name(), "%s/t/%s/backchannel-logout".formatted(gateway, tenant.name()));
    }
  }

  /// Ends all sessions of a person, as an administrator.
  public void endSessions(String tenant, String userName) {
    admin().endSessions(tenant, userName);
  }

  private KeycloakAdmin admin() {
    return new KeycloakAdmin(address(), secrets.get("keycloak-admin"));
  }

  /// Prepares the home directory of this stack: links to the programs, and the data. Realms are
  /// imported once, and again after their files have changed.
  private void layOut(Path programs) {
    try {
      Path imports = data.resolve("data/import");
      Path imported = data.resolve("imported");
      String realms = String.join("", DemoTenant.all().stream().map(DemoTenant::realm).toList());
      if (!Files.exists(imported) || !Files.readString(imported).equals(realms)) {
        FileTrees.delete(data);
      }
      Files.createDirectories(imports);
      for (DemoTenant tenant : DemoTenant.all()) {
        Files.writeString(imports.resolve(tenant.name() + "-realm.json"), tenant.realm());
      }
      for (String directory : List.of("conf", "lib", "providers", "themes")) {
        Path link = data.resolve(directory);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, programs.resolve(directory));
      }
      PrivateFiles.write(imported, realms);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// Does not use Keycloak's script, which stays as a second process and does not forward signals.
  private List<String> command(Path programs) {
    List<String> command = new ArrayList<>();
    command.add(Launch.java());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xms32m", "-Xmx192m", "-XX:+ExitOnOutOfMemoryError"));
    for (String opened :
        List.of("java.util", "java.util.concurrent", "java.security", "java.lang")) {
      command.add("--add-opens=java.base/%s=ALL-UNNAMED".formatted(opened));
    }
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Duser.language=en"));
    command.addAll(
        List.of("-Dkc.home.dir=" + data, "-Djboss.server.config.dir=" + data.resolve("conf")));
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.add(
        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
            + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory");
    command.addAll(List.of("-cp", programs.resolve("lib/quarkus-run.jar").toString()));
    command.add("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    command.addAll(List.of("start", "--optimized", "--import-realm", "--cache=local"));
    command.addAll(List.of("--http-enabled=true", "--http-host=127.0.0.1", "--http-port=" + port));
    command.add("--hostname-strict=false");
    return command;
  }

  private Map<String, String> environment() {
    return Map.of(
        "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
        "KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.get("keycloak-admin"),
        "CHAT_GATEWAY_CLIENT_SECRET", gatewaySecret(),
        "CHAT_GATEWAY_URL",
            "http://localhost:8080", // until #announceLogouts sets the actual address
        "CHAT_PUBLISHER_CLIENT_SECRET", publisherSecret());
  }

  private boolean answersForAll(HttpClient http) {
    return DemoTenant.all().stream().allMatch(tenant -> answers(http, tenant));
  }

  private boolean answers(HttpClient http, DemoTenant tenant) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(issuer(tenant.name()) + "/.well-known/openid-configuration"))
            .timeout(ANSWERS_WITHIN)
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while Keycloak was starting");
    }
  }
}
