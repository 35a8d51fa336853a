package com.secureapprove.chat.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WebClientTest extends GatewayTest {
  @Test
  void theWebClientsScriptIsServedToPagesOfAnyOrigin() {
    HttpResponse<String> script = new Browser().get("/tenant_chat.js");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.body()).contains("tenant-chat-panel");
    assertThat(script.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
    assertThat(script.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(script.headers().firstValue("Cross-Origin-Resource-Policy"))
        .contains("cross-origin");
    assertThat(script.headers().firstValue("Cache-Control")).contains("public, max-age=300");
  }
}
