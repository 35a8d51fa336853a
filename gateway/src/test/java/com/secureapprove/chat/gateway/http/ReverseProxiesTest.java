package com.secureapprove.chat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.OwnIssuer;
import com.secureapprove.chat.gateway.SecureOrigin;
import com.secureapprove.chat.gateway.http.ReverseProxy.Configuration;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import com.secureapprove.chat.testsupport.websocket.UpgradeRefused;
import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real reverse proxies in front of the gateway, with their defaults and with the examples of the
/// operations guide.
@QuarkusTest
@QuarkusTestResource(value = OwnIssuer.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SecureOrigin.class, restrictToAnnotatedClass = true)
class ReverseProxiesTest extends GatewayTest {
  private static final int UNDER_A_MEGABYTE = 900_000;
  private static final int FIVE_MEGABYTES = 5_000_000;

  private final TestIssuer issuer = OwnIssuer.running();
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void aPersonWithManyRolesSignsInAndChats(Configuration configuration) throws IOException {
    List<String> roles =
        IntStream.range(0, 900).mapToObj("app-%03d-department-of-permissions"::formatted).toList();
    issuer.signsIn(
        "acme",
        "zoe",
        claims -> claims.setStringListClaim("groups", roles),
        claims -> claims.setStringListClaim("groups", roles));
    try (ReverseProxy proxy = started(configuration)) {
      Browser zoe = new Browser();
      HttpResponse<String> page = zoe.get(proxy.url() + "/t/tests/");
      while (page.statusCode() / 100 == 3) {
        String location = page.headers().firstValue("Location").orElseThrow();
        page = zoe.get(location.replace(SecureOrigin.ORIGIN, proxy.url()));
      }
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      assertThat(zoe.at()).hasToString(proxy.url() + "/chat");
      assertThat(zoe.get("/tenant_chat.js").statusCode()).isEqualTo(200);
      assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(200);
      assertThat(zoe.get("/api/chat/conversations/").statusCode()).isEqualTo(200);
      assertThat(sent(proxy, zoe, UNDER_A_MEGABYTE)).isEqualTo(200);
      if (configuration.forwardsUpgrades()) {
        assertThat(greeting(proxy, zoe)).contains("\"connected\"", "id-of-zoe");
      } else {
        assertThatThrownBy(() -> greeting(proxy, zoe)).isInstanceOf(UpgradeRefused.class);
      }
      if (configuration.isDocumented()) {
        assertThat(uploaded(proxy, FIVE_MEGABYTES)).isNotEqualTo(413);
      }
      HttpResponse<String> out =
          zoe.post("/sign-out", Map.of("csrf_token", zoe.cookie("chat_csrftoken")), Map.of());
      assertThat(out.statusCode()).isEqualTo(303);
      assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(401);
    }
  }

  private ReverseProxy started(Configuration configuration) throws IOException {
    return ReverseProxy.start(
        configuration,
        directory,
        URI.create(Client.origin()).getPort(),
        ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class));
  }

  /// The response status of a large request.
  private static int sent(ReverseProxy proxy, Browser browser, int bytes) {
    return RestAssured.given()
        .header("Cookie", browser.cookies())
        .header("X-CSRFToken", browser.cookie("chat_csrftoken"))
        .contentType("application/json")
        .body("{\"title\":\"" + "x".repeat(bytes) + "\"}")
        .post(proxy.url() + "/api/chat/conversations/start_group/")
        .statusCode();
  }

  private int uploaded(ReverseProxy proxy, int bytes) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + issuer.token("acme", "zoe"))
        .multiPart("file", "a.txt", new byte[bytes])
        .post(proxy.url() + "/api/chat/attachments/")
        .statusCode();
  }

  private static String greeting(ReverseProxy proxy, Browser browser) {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    WebSocketClient.Listener listener =
        new WebSocketClient.Listener() {
          @Override
          public void onText(String text) {
            frames.add(text);
          }

          @Override
          public void onClosed(int code) {
            frames.add("closed " + code);
          }
        };
    try (WebSocketClient _ =
        WebSocketClient.builder()
            .header("Cookie", browser.cookies())
            .header("Origin", SecureOrigin.ORIGIN)
            .open(URI.create(proxy.url().replace("http:", "ws:") + "/ws/chat/"), listener)) {
      return String.valueOf(frames.poll(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
