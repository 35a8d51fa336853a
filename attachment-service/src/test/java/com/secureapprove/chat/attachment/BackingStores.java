package com.secureapprove.chat.attachment;

import com.secureapprove.chat.localstack.BackingParts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/// Runs the service under test against real stores, which are empty when it starts.
public final class BackingStores implements QuarkusTestResourceLifecycleManager {
  static final String PART = "attachment";
  public static final String DATABASE = "attachment_service_test";

  @Override
  public Map<String, String> start() {
    BackingParts parts = BackingParts.shared();
    parts.freshDatabase(DATABASE);
    parts.freshRedis(PART);
    Map<String, String> settings = new HashMap<>(parts.settingsFor(PART, DATABASE));
    settings.put("quarkus.http.test-port", "0");
    settings.put("quarkus.management.test-port", "0");
    return settings;
  }

  @Override
  public void stop() {}
}
