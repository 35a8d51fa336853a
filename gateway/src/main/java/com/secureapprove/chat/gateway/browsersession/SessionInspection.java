package com.secureapprove.chat.gateway.browsersession;

import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The secret of browser sessions.
@Singleton
class SessionInspection implements SettingsInspection {
  private static final String PROPERTY = "chat.session-secret";

  private final String secret;

  SessionInspection(@ConfigProperty(name = "chat.session-secret") String secret) {
    this.secret = secret;
  }

  @Override
  public void inspect(UnsafeSettings settings) {
    settings.secret(PROPERTY, secret);
  }
}
