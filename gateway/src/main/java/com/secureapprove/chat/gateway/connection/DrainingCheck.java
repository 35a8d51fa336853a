package com.secureapprove.chat.gateway.connection;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// A gateway that stops is not ready, from the signal on.
@Singleton
@Readiness
class DrainingCheck implements HealthCheck {
  private final Draining draining;

  DrainingCheck(Draining draining) {
    this.draining = draining;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("taking connections").status(!draining.hasBegun()).build();
  }
}
