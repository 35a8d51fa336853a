package com.secureapprove.chat.gateway.http;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The origins whose pages may open WebSockets and read API responses: the gateway's own origin and
/// those of host applications.
@Singleton
public class Origins {
  private static final int MAX_ADDRESS_LENGTH = 1_000;
  private static final Pattern ORIGIN_OF_ADDRESS =
      Pattern.compile("https?://[^/?#@]+(?=[/?#]|$)", Pattern.CASE_INSENSITIVE);

  private final Set<String> allowed;

  /// @throws IllegalStateException if a configured origin is none
  Origins(
      PublicOrigin publicOrigin,
      @ConfigProperty(name = "chat.allowed-origins") Optional<List<String>> others) {
    allowed =
        Stream.concat(
                Stream.of(publicOrigin.value()),
                others.stream()
                    .flatMap(List::stream)
                    .filter(origin -> !origin.isBlank())
                    .map(Origins::normalized))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static String normalized(String origin) {
    return Origin.of(origin)
        .map(Origin::value)
        .orElseThrow(() ->
            new IllegalStateException(
                "chat.allowed-origins must list origins such as https://app.example, without a"
                    + " path or a wildcard: "
                    + origin));
  }

  /// Whether an origin is allowed.
  ///
  /// @param origin as in the `Origin` header, in any spelling
  public boolean allows(String origin) {
    return Origin.of(origin).map(Origin::value).filter(allowed::contains).isPresent();
  }

  /// Whether a browser may be sent to an address after the sign-in: a path of the gateway, or a URL
  /// of an allowed origin.
  public boolean allowsReturnTo(String address) {
    boolean printable = address.chars().allMatch(c -> c > ' ' && c != '\\' && c != 0x7f);
    if (!printable || address.length() > MAX_ADDRESS_LENGTH) {
      return false;
    }
    if (address.startsWith("/")) {
      return !address.startsWith("//");
    }
    Matcher matcher = ORIGIN_OF_ADDRESS.matcher(address);
    return matcher.lookingAt() && allows(matcher.group());
  }
}
