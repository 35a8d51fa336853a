package com.secureapprove.chat.gateway.connection;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// The readiness check fails as soon as the drain has started.
@Singleton
@Readiness
class DrainingCheck implements HealthCheck {
  private final Draining draining;

  DrainingCheck(Draining draining) {
    this.draining = draining;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("taking connections").status(!draining.hasStarted()).build();
  }
}
