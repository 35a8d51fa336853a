package com.secureapprove.chat.presence.readiness;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// A service with wrong passwords of PostgreSQL and Redis, which does not migrate at its start.
public final class WrongPasswords implements QuarkusTestResourceLifecycleManager {
  static final String LOG = "test.log";

  @Override
  public int order() {
    return 1; // after PresenceStores, whose settings this replaces
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings =
        BackingServices.shared().freshFor("presence", "presence_service_test");
    settings.computeIfPresent("chat.redis.url", (_, url) -> url.replace("@", "-wrong@"));
    settings.put("chat.database.password", "wrong-password-1");
    settings.put("chat.migrate-at-start", "false");
    Path log = Path.of("target", "wrong-passwords-" + UUID.randomUUID() + ".log").toAbsolutePath();
    settings.put("quarkus.log.file.enabled", "true");
    settings.put("quarkus.log.file.path", log.toString());
    settings.put(LOG, log.toString());
    return settings;
  }

  @Override
  public void stop() {}
}
