package com.secureapprove.chat.gateway.browsersession;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.OwnIssuer;
import com.secureapprove.chat.gateway.SecureOrigin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Cookies of an https origin.
@QuarkusTest
@QuarkusTestResource(value = OwnIssuer.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SecureOrigin.class, restrictToAnnotatedClass = true)
class HostCookiesTest extends GatewayTest {

  @Test
  void sessionsAndSignInsHaveTheHostPrefix() {
    OwnIssuer.running().signsIn("acme", "zoe", _ -> {}, _ -> {});
    Browser zoe = new Browser();
    List<String> set = new ArrayList<>();
    HttpResponse<String> page = zoe.get("/t/tests/");
    while (page.statusCode() / 100 == 3) {
      set.addAll(page.headers().allValues("Set-Cookie"));
      page =
          zoe.get(
              page.headers()
                  .firstValue("Location")
                  .orElseThrow()
                  .replace(SecureOrigin.ORIGIN, Client.origin()));
    }
    assertThat(zoe.at().getPath()).isEqualTo("/chat");
    assertThat(page.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(set)
        .isNotEmpty()
        .allSatisfy(cookie ->
            assertThat(cookie).startsWith("__Host-q_").contains("Path=/", "Secure", "HTTPOnly"));
    assertThat(set).noneMatch(cookie -> cookie.contains("Domain="));
    assertThat(zoe.cookies().length()).isLessThan(1_024);
    assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(200);

    String session = zoe.cookie("__Host-q_session_tests");
    anonymous()
        .header("Cookie", "q_session_tests=" + session)
        .get("/api/chat/me/")
        .then()
        .statusCode(401);
    HttpResponse<String> out =
        zoe.post("/sign-out", Map.of("csrf_token", zoe.cookie("chat_csrftoken")), Map.of());
    assertThat(out.headers().allValues("Set-Cookie"))
        .anyMatch(cookie ->
            cookie.startsWith("__Host-q_session_tests=;") && cookie.contains("Max-Age=0"));
    assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(401);
  }
}
