package com.secureapprove.chat.platform.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsafeSettingsTest {
  private final UnsafeSettings settings = new UnsafeSettings();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "aaaaaaaaaaaaaaaaaaaaaaaaa",
        "Change-Me",
        "changemechangeme",
        "CHANGE_ME_123456",
        "postgres-password-1",
        "secret-secret-secret",
        "redis_test_password!",
      })
  void aGuessableSecretIsRefusedByName(String value) {
    settings.secret("chat.some.password", value);
    assertThat(settings.found()).hasSize(1).first().asString().startsWith("chat.some.password ");
    if (value.length() > 5) {
      assertThat(settings.found().getFirst()).doesNotContain(value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"q8Xv-2LkP0zR4w", "correct horse battery staple", "passwordOfTheOrchard7"})
  void anyOtherSecretIsAccepted(String value) {
    settings.secret("chat.some.password", value);
    assertThat(settings.found()).isEmpty();
  }

  @Test
  void equalSecretsNameBothProperties() {
    settings.secret("chat.one.password", "q8Xv-2LkP0zR4w");
    settings.secret("chat.other.password", "q8Xv-2LkP0zR4w");
    assertThat(settings.found())
        .containsExactly(
            "chat.other.password is equal to chat.one.password; each needs its own value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://app.localhost",
        "https://127.0.0.1",
        "redis://:x@127.0.0.1:6379",
        "http://[::1]:80"
      })
  void loopbackIsLocal(String url) {
    assertThat(LocalAddress.is(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://chat.example",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://192.168.1.5",
        "http://redis:6379",
        "none"
      })
  void everythingElseIsNot(String url) {
    assertThat(LocalAddress.is(url)).isFalse();
  }
}
