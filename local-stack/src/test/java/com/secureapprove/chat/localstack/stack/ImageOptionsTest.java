package com.secureapprove.chat.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.Checkout;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Reads the options from the real Dockerfile and manifests.
class ImageOptionsTest {

  @ParameterizedTest
  @EnumSource(
      value = Component.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"POSTGRES", "REDIS", "KEYCLOAK"})
  void theOptionsAreThoseOfTheImageAndTheManifest(Component component) {
    List<String> options = new ImageOptions(Checkout.current()).of(component);

    assertThat(options)
        .allMatch(option -> option.startsWith("-"))
        .anyMatch(option -> option.matches("-XX:MaxRAM=\\d{3,4}m"))
        .anyMatch(option -> option.startsWith("-XX:MaxRAMPercentage="))
        .contains("-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC");
  }
}
