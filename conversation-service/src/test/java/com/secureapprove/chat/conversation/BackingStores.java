package com.secureapprove.chat.conversation;

import com.secureapprove.chat.localstack.BackingParts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Runs the service under test against real stores, which are empty when it starts, and against
/// [Neighbours] in place of the services that it calls.
public final class BackingStores implements QuarkusTestResourceLifecycleManager {
  static final String PART = "conversation";
  public static final String DATABASE = "conversation_service_test";

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = BackingParts.shared().freshFor(PART, DATABASE);
    String address = Neighbours.start();
    settings.put("chat.message.url", address);
    settings.put("chat.presence.url", address);
    return settings;
  }

  @Override
  public void stop() {
    Neighbours.stop();
  }
}
