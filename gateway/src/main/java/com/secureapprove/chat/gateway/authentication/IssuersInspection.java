package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.http.Origins;
import com.secureapprove.chat.platform.safety.LocalAddress;
import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The client secrets at the issuers, and the pages after a sign-out. On one machine, several
/// secrets may be equal: they are realms of one server.
@Singleton
class IssuersInspection implements SettingsInspection {
  /// The paths at which a browser is sent to an issuer.
  private static final Pattern SIGN_IN = Pattern.compile("/t/[^/?#]");

  private final IssuersConfig config;
  private final Origins origins;
  private final String publicUrl;

  IssuersInspection(
      IssuersConfig config,
      Origins origins,
      @ConfigProperty(name = "chat.public-url") String publicUrl) {
    this.config = config;
    this.origins = origins;
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
          String next = issuer.afterSignOut();
          String property = "chat.issuers." + id + ".after-sign-out";
          if (!isUri(next) || !origins.allowsReturnTo(next)) {
            settings.refuse(
                property,
                "must be a path of chat.public-url or a URL of an origin in chat.allowed-origins");
          } else if (SIGN_IN.matcher(next).lookingAt()) {
            settings.refuse(property, "must not sign in again");
          }
        });
  }

  private static boolean isUri(String address) {
    try {
      new URI(address);
      return true;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
