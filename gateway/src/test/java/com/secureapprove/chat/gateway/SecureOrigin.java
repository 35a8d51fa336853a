package com.secureapprove.chat.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Makes the public origin https, as behind a proxy that terminates TLS, and adds the page of a
/// host application to which [OwnIssuer] sends browsers after a sign-out. The demo issuers are
/// allowed for local addresses only.
public final class SecureOrigin implements QuarkusTestResourceLifecycleManager {
  public static final String ORIGIN = "https://chat.localhost";

  @Override
  public Map<String, String> start() {
    return Map.of("chat.public-url", ORIGIN, "chat.issuers.tests.after-sign-out", "/signed-out/");
  }

  @Override
  public void stop() {}

  /// After [RealBacking], whose origin it replaces.
  @Override
  public int order() {
    return 1;
  }
}
