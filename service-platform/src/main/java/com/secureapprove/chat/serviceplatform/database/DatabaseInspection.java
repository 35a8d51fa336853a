package com.secureapprove.chat.serviceplatform.database;

import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The passwords of the database roles. A process that only migrates, or never does, has one of
/// them.
@Singleton
class DatabaseInspection implements SettingsInspection {
  private static final String SERVICE = "chat.database.password";
  private static final String OWNER = "chat.migration.password";

  private final Optional<String> service;
  private final Optional<String> owner;

  DatabaseInspection(
      @ConfigProperty(name = "chat.database.password") Optional<String> service,
      @ConfigProperty(name = "chat.migration.password") Optional<String> owner) {
    this.service = service;
    this.owner = owner;
  }

  @Override
  public void inspect(UnsafeSettings settings) {
    service.ifPresent(password -> settings.secret(SERVICE, password));
    owner.ifPresent(password -> settings.secret(OWNER, password));
  }
}
