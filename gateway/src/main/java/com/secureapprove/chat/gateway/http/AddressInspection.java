package com.secureapprove.chat.gateway.http;

import com.secureapprove.chat.platform.safety.LocalAddress;
import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Public addresses have TLS, unless only this machine reaches them.
@Singleton
class AddressInspection implements SettingsInspection {
  private static final String PUBLIC_URL = "chat.public-url";
  private static final String ORIGINS = "chat.allowed-origins";
  private static final String INSECURE = "chat.allow-insecure";
  private static final String DEMO = "chat.demo";
  private static final String NEEDS_TLS =
      "must begin with https://, because others read tokens and messages on the network"
          + " (for a trial, "
          + INSECURE
          + "=true allows it)";

  private final String publicUrl;
  private final List<String> origins;
  private final boolean demo;
  private final boolean insecure;
  private final boolean openCors;

  AddressInspection(
      @ConfigProperty(name = "chat.public-url") String publicUrl,
      @ConfigProperty(name = "chat.allowed-origins") Optional<List<String>> origins,
      @ConfigProperty(name = "chat.demo") boolean demo,
      @ConfigProperty(name = "chat.allow-insecure") boolean insecure,
      @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false")
          boolean openCors) {
    this.publicUrl = publicUrl;
    this.origins = origins.orElse(List.of());
    this.demo = demo;
    this.insecure = insecure;
    this.openCors = openCors;
  }

  @Override
  public void inspect(UnsafeSettings settings) {
    if (openCors) {
      settings.refuse(
          "quarkus.http.cors.enabled",
          "must not be set: " + ORIGINS + " names the allowed origins");
    }
    if (insecure) {
      return;
    }
    if (isReadable(publicUrl)) {
      settings.refuse(PUBLIC_URL, NEEDS_TLS);
    }
    for (String origin : origins) {
      if (isReadable(origin)) {
        settings.refuse(ORIGINS, "contains " + origin + ", which " + NEEDS_TLS);
      }
    }
    if (demo && !LocalAddress.is(publicUrl)) {
      settings.refuse(DEMO, "must not be set: the sign-in page would list all organisations");
    }
  }

  private static boolean isReadable(String url) {
    return url.strip().toLowerCase(java.util.Locale.ROOT).startsWith("http:")
        && !LocalAddress.is(url.strip());
  }
}
