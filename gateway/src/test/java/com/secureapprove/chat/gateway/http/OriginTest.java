package com.secureapprove.chat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://app.example, https://app.example",
    "https://App.Example/, https://app.example",
    "HTTPS://app.example:443, https://app.example",
    "http://app.example:80/, http://app.example",
    "http://LocalHost:21701, http://localhost:21701",
    "https://app.example:8443/, https://app.example:8443",
    "https://[::1]:8443, https://[::1]:8443",
    "https://[2001:DB8::1], https://[2001:db8::1]",
    "https://müller.example, https://xn--mller-kva.example",
    "' https://app.example ', https://app.example",
    "capacitor://localhost, capacitor://localhost"
  })
  void originsHaveOneSpelling(String written, String sent) {
    assertThat(Origin.of(written)).contains(new Origin(sent));
    Origins origins =
        new Origins(new PublicOrigin("https://chat.example"), Optional.of(List.of(written)));
    assertThat(origins.allows(sent)).isTrue();
    assertThat(origins.allows("https://chat.example")).isTrue();
    assertThat(origins.allows("https://other.example")).isFalse();
    assertThat(origins.allows("null")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "app.example",
        "https://",
        "https://*.example",
        "https://app.example/path",
        "https://app.example?x",
        "https://app.example#x",
        "https://user@app.example",
        "https://app.example:99999",
        "https://app example"
      })
  void whatIsNoOriginIsRefusedAtTheStart(String written) {
    PublicOrigin own = new PublicOrigin("https://chat.example");
    assertThatThrownBy(() -> new Origins(own, Optional.of(List.of(written))))
        .hasMessageContaining("chat.allowed-origins")
        .hasMessageContaining(written);
    assertThatThrownBy(() -> new PublicOrigin(written)).hasMessageContaining("chat.public-url");
  }

  @Test
  void thePublicUrlHasNoPathAndIsHttp() {
    assertThat(new PublicOrigin("HTTPS://Chat.Example:443/").value())
        .isEqualTo("https://chat.example");
    assertThatThrownBy(() -> new PublicOrigin("http://localhost:8080/chat/"))
        .hasMessageContaining("without a path");
    assertThatThrownBy(() -> new PublicOrigin("ftp://chat.example"))
        .hasMessageContaining("https://");
  }
}
