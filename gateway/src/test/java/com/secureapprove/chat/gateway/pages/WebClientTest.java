package com.secureapprove.chat.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.RealBacking;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Test
  void aRebuiltScriptReplacesThePackagedOneWhileItExists() throws IOException {
    Path script = RealBacking.WEB_CLIENT.resolve("tenant_chat.js");
    Files.createDirectories(script.getParent());
    try {
      Files.writeString(script, "// rebuilt");
      HttpResponse<String> rebuilt = new Browser().get("/tenant_chat.js");

      assertThat(rebuilt.body()).isEqualTo("// rebuilt");
      assertThat(rebuilt.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(rebuilt.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
      assertThat(rebuilt.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    } finally {
      Files.delete(script);
    }
    assertThat(new Browser().get("/tenant_chat.js").body()).contains("tenant-chat-panel");
  }
}
