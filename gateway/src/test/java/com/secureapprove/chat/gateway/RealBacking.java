package com.secureapprove.chat.gateway;

import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs the gateway under test against real Redis and Keycloak. [UpstreamStubs] replace its
/// upstreams.
public final class RealBacking implements QuarkusTestResourceLifecycleManager {
  public static final String ACME_PROVISIONING = "the identity provider of acme in tests";

  /// The directory of a rebuilt web client.
  public static final Path WEB_CLIENT = Path.of("target/web-client-of-tests").toAbsolutePath();

  static final String SERVICES_PORT = "test.services.port";

  @Override
  public Map<String, String> start() {
    BackingServices backing = BackingServices.shared();
    backing.freshRedis("gateway");
    Map<String, String> settings = new HashMap<>(backing.settingsFor("gateway", "none"));
    settings.putAll(backing.keycloak().gatewaySettings());
    List<Integer> ports = Ports.free(4);
    int gateway = ports.get(0);
    int services = ports.get(1);
    String address = "http://127.0.0.1:" + services;
    settings.put("quarkus.http.test-port", Integer.toString(gateway));
    settings.put("quarkus.management.test-port", Integer.toString(ports.get(2)));
    settings.put("chat.public-url", "http://localhost:" + gateway);
    settings.put("chat.allowed-origins", "https://host.example");
    settings.put("chat.issuers.globex.sign-out-ends", "chat");
    settings.put("chat.issuers.globex.after-sign-out", "https://host.example/signed-out");
    settings.put("chat.session-secret", "a secret that is only good for tests, but long");
    settings.put("chat.provisioning.acme", ACME_PROVISIONING);
    settings.put("chat.web-client.directory", WEB_CLIENT.toString());
    // low limits, so that tests reach them
    settings.put("chat.resume.entries-in-memory", "40");
    settings.put("chat.resume.page", "15");
    settings.put("chat.limits.uploads-at-a-time", "5");
    settings.put("chat.limits.upload-within", "30s");
    settings.put("chat.limits.upload-rate-after", "3s");
    settings.put("chat.resume.most-entries", "400");
    // the small pages need many reads
    settings.put("chat.limits.missed-event-reads-per-minute", "20000");
    // the tests act as few people, from one address
    settings.put("chat.limits.reads-per-second", "10000");
    settings.put("chat.limits.connections-per-minute", "10000");
    settings.put(SERVICES_PORT, Integer.toString(services));
    settings.put("chat.conversation.url", address);
    settings.put("chat.message.url", address);
    settings.put("chat.presence.url", address);
    settings.put(
        "chat.attachment.url", "http://127.0.0.1:" + ports.get(3)); // nothing listens there
    return settings;
  }

  @Override
  public void stop() {}
}
