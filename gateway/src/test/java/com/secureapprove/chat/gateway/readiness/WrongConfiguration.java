package com.secureapprove.chat.gateway.readiness;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// A gateway with a wrong Redis password, and with wrong addresses of its issuers.
public final class WrongConfiguration implements QuarkusTestResourceLifecycleManager {
  static final String LOG = "test.log";

  @Override
  public int order() {
    return 1; // after RealBacking, whose settings this replaces
  }

  @Override
  public Map<String, String> start() {
    BackingServices parts = BackingServices.shared();
    Map<String, String> settings = new HashMap<>();
    settings.put("chat.redis.url", parts.redisUrl("gateway").replace("@", "-wrong@"));
    parts
        .keycloak()
        .gatewaySettings()
        .forEach((name, value) -> {
          if (name.endsWith(".url")) {
            settings.put(name, value + "-unknown");
          }
        });
    Path log = Path.of("target", "wrong-configuration-" + UUID.randomUUID() + ".log");
    settings.put("quarkus.log.file.enabled", "true");
    settings.put("quarkus.log.file.path", log.toAbsolutePath().toString());
    settings.put(LOG, log.toAbsolutePath().toString());
    return settings;
  }

  @Override
  public void stop() {}
}
