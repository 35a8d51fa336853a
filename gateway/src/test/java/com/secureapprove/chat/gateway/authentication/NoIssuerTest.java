package com.secureapprove.chat.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.gateway.browsersession.SessionSecret;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoIssuerTest {

  /// For example because the file of quarkus.config.locations is not mounted.
  @Test
  void aGatewayWithoutIssuersIsNotReadyAndNamesTheSetting() {
    Issuers none =
        new Issuers(
            Map::of,
            new ShortLeeway(),
            new PublicOrigin("https://chat.example"),
            new SessionSecret("a secret that is only good for tests, but long"));

    assertThatThrownBy(() -> new IssuersDependency(none, new NoTls()).probe())
        .hasMessageContaining("no issuer is configured")
        .hasMessageContaining("chat.issuers")
        .hasMessageContaining("quarkus.config.locations");
  }

  private static final class ShortLeeway implements TokensConfig {
    @Override
    public Duration leeway() {
      return Duration.ofSeconds(60);
    }

    @Override
    public Duration keyLookupInterval() {
      return Duration.ofSeconds(2);
    }
  }

  private static final class NoTls implements TlsConfigurationRegistry {
    @Override
    public Optional<TlsConfiguration> get(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<TlsConfiguration> getDefault() {
      return Optional.empty();
    }

    @Override
    public void register(String name, TlsConfiguration configuration) {}
  }
}
