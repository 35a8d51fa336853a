package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;

/// The provisioning tokens, which also [ProvisioningTokens] compares with each other.
@Singleton
class ProvisioningInspection implements SettingsInspection {
  private final ProvisioningConfig config;

  ProvisioningInspection(ProvisioningConfig config) {
    this.config = config;
  }

  @Override
  public void inspect(UnsafeSettings settings) {
    config
        .tokens()
        .forEach((tenant, token) -> settings.secret("chat.provisioning." + tenant, token));
  }
}
