package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.platform.safety.LocalAddress;
import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The client secrets at the issuers. On one machine, several may be equal: they are realms of one
/// server.
@Singleton
class IssuersInspection implements SettingsInspection {
  private final IssuersConfig config;
  private final String publicUrl;

  IssuersInspection(
      IssuersConfig config, @ConfigProperty(name = "chat.public-url") String publicUrl) {
    this.config = config;
    this.publicUrl = publicUrl;
  }

  @Override
  public void inspect(UnsafeSettings settings) {
    Set<String> seen = new HashSet<>();
    boolean local = LocalAddress.is(publicUrl);
    config
        .byId()
        .forEach((id, issuer) -> {
          if (seen.add(issuer.clientSecret()) || !local) {
            settings.secret("chat.issuers." + id + ".client-secret", issuer.clientSecret());
          }
        });
  }
}
