package com.secureapprove.chat.gateway;

import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Adds an issuer that tests control: the organisation `tests`.
public final class OwnIssuer implements QuarkusTestResourceLifecycleManager {
  private static TestIssuer running;

  public static TestIssuer running() {
    return running;
  }

  @Override
  public Map<String, String> start() {
    running = TestIssuer.start();
    return running.gatewaySettings();
  }

  @Override
  public void stop() {
    if (running != null) {
      running.close();
    }
  }
}
