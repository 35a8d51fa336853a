package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvisioningTokensTest {
  private static final String TOKEN = "a provisioning token of one tenant only";

  @Test
  void equalTokensOfTwoTenantsAreRefusedAtTheStartNamingBoth() {
    Map<String, String> equal = Map.of("acme", TOKEN, "globex", TOKEN, "other", TOKEN + "2");
    assertThatThrownBy(() -> new ProvisioningTokens(() -> equal))
        .hasMessageContaining("chat.provisioning.acme")
        .hasMessageContaining("chat.provisioning.globex")
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void aTokenBelongsToOneTenant() {
    ProvisioningTokens tokens =
        new ProvisioningTokens(() -> Map.of("acme", TOKEN, "globex", TOKEN + "2"));
    assertThat(tokens.tenantOf("Bearer " + TOKEN)).contains("acme");
    assertThat(tokens.tenantOf("Bearer " + TOKEN + "3")).isEmpty();
    assertThat(tokens.tenantOf(null)).isEmpty();
  }

  @Test
  void aShortTokenIsRefusedAtTheStart() {
    assertThatThrownBy(() -> new ProvisioningTokens(() -> Map.of("acme", "short")))
        .hasMessageContaining("chat.provisioning.acme");
  }
}
