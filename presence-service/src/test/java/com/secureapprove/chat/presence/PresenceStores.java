package com.secureapprove.chat.presence;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Runs the service under test against real stores, which are empty at the start.
public final class PresenceStores implements QuarkusTestResourceLifecycleManager {
  static final String PART = "presence";
  static final String DATABASE = "presence_service_test";

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = BackingServices.shared().freshFor(PART, DATABASE);
    settings.put("quarkus.scheduler.enabled", "false"); // tests call the jobs
    return settings;
  }

  @Override
  public void stop() {}
}
