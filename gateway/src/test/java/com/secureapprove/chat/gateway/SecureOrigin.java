package com.secureapprove.chat.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Makes the public origin https, as behind a proxy that terminates TLS. The demo issuers are
/// allowed for local addresses only.
public final class SecureOrigin implements QuarkusTestResourceLifecycleManager {
  public static final String ORIGIN = "https://chat.localhost";

  @Override
  public Map<String, String> start() {
    return Map.of("chat.public-url", ORIGIN);
  }

  @Override
  public void stop() {}

  /// After [RealBacking], whose origin it replaces.
  @Override
  public int order() {
    return 1;
  }
}
