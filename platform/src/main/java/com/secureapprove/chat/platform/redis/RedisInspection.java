package com.secureapprove.chat.platform.redis;

import com.secureapprove.chat.platform.safety.LocalAddress;
import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The password of Redis.
@Singleton
class RedisInspection implements SettingsInspection {
  private static final String PROPERTY = "chat.redis.url";

  private final Optional<String> url;

  RedisInspection(@ConfigProperty(name = "chat.redis.url") Optional<String> url) {
    this.url = url; // a process that only migrates has none
  }

  @Override
  public void inspect(UnsafeSettings settings) {
    for (String address : url.orElse("").split(",")) { // several Sentinels have one password
      String password = password(address.strip());
      if (!password.isEmpty()) {
        settings.secret(PROPERTY, password);
      } else if (!address.isBlank() && !LocalAddress.is(address.strip())) {
        settings.refuse(PROPERTY, "has no password");
      }
    }
  }

  private static String password(String address) {
    try {
      String user = URI.create(address).getUserInfo();
      return user == null ? "" : user.substring(user.indexOf(':') + 1);
    } catch (IllegalArgumentException _) {
      return ""; // no address; the client says so
    }
  }
}
