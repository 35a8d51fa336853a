package com.secureapprove.chat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SecurityHeadersTest extends GatewayTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nothing",
        "/tenant_chat.js",
        "/tenant_chat_worker.js",
        "/api/chat/me/",
        "/api/chat/conversations/",
        "/scim/v2/Users"
      })
  void everyResponseHasEachSecurityHeaderOnce(String path) {
    Headers headers = as("acme", "alice").get(path).headers();
    assertThat(headers.getValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(headers.getValues("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(headers.getValues("Permissions-Policy"))
        .containsExactly("camera=(), geolocation=(), microphone=()");
    assertThat(headers.getValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(headers.getValues("Strict-Transport-Security")).isEmpty(); // the tests use http
  }
}
