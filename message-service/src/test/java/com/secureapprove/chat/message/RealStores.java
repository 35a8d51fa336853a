package com.secureapprove.chat.message;

import com.secureapprove.chat.localstack.BackingParts;
import com.secureapprove.chat.localstack.StandIn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Real PostgreSQL and Redis for this module's tests, and stand-ins for the services it calls.
public class RealStores implements QuarkusTestResourceLifecycleManager {
  static final String DATABASE = "message_test";

  private final StandIn neighbours = ServiceStubs.start();

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = BackingParts.shared().freshFor("message", DATABASE);
    String address = neighbours.address();
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
