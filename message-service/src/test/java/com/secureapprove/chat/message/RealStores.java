package com.secureapprove.chat.message;

import com.secureapprove.chat.localstack.BackingParts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.LinkedHashMap;
import java.util.Map;

/// Real PostgreSQL and Redis for this module's tests, and stand-ins for the services it calls.
public class RealStores implements QuarkusTestResourceLifecycleManager {
  static final String DATABASE = "message_test";

  private final Neighbours neighbours = new Neighbours();

  @Override
  public Map<String, String> start() {
    BackingParts parts = BackingParts.shared();
    parts.freshDatabase(DATABASE);
    parts.freshRedis("message");
    Map<String, String> settings = new LinkedHashMap<>(parts.settingsFor("message", DATABASE));
    String address = neighbours.start();
    settings.put("chat.conversation.url", address);
    settings.put("chat.presence.url", address);
    settings.put("chat.attachment.url", address);
    return settings;
  }

  @Override
  public void stop() {
    neighbours.stop();
  }
}
