package com.secureapprove.chat.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.OwnIssuer;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Logout tokens of an issuer, and of attackers who know the address.
@QuarkusTest
@QuarkusTestResource(value = OwnIssuer.class, restrictToAnnotatedClass = true)
class LogoutTokensTest extends GatewayTest {
  private static final String LOGOUT = "/t/tests/backchannel-logout";

  private final TestIssuer issuer = OwnIssuer.running();

  /// The issuer's own session of this test.
  private final String session = UUID.randomUUID().toString();

  @BeforeEach
  void signsIn() {
    issuer.signsIn("acme", "zoe", claims -> claims.setStringClaim("sid", session), _ -> {});
  }

  /// OpenID Connect Back-Channel Logout 1.0, section 2.6.
  @Test
  void aSignedTokenThatIsNoRecentLogoutTokenForThisChatEndsNoSession() {
    Browser zoe = signedIn();
    for (Consumer<JwtClaims> fault :
        List.<Consumer<JwtClaims>>of(
            claims -> claims.setIssuer("https://elsewhere.example"),
            claims -> claims.setAudience("another-application"),
            claims -> claims.unsetClaim("aud"),
            claims -> claims.setExpirationTime(in(-120)),
            claims -> claims.setIssuedAt(in(-3_600)),
            claims -> claims.setIssuedAt(in(3_600)),
            claims -> claims.unsetClaim("iat"),
            claims -> claims.unsetClaim("events"),
            claims -> claims.setClaim("events", Map.of("other", Map.of())),
            claims -> claims.setStringClaim("nonce", "n"),
            claims -> claims.unsetClaim("jti"),
            claims -> claims.unsetClaim("sid"))) {
      String token = issuer.logoutToken(session, fault);
      assertThat(logout(token)).as(payloadOf(token)).isEqualTo(400);
    }
    assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenThatTheIssuerDidNotSignEndsNoSession() {
    Browser zoe = signedIn();
    String valid = issuer.logoutToken(session);
    String[] parts = valid.split("\\.");
    String none = encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".";
    String other = issuer.logoutToken("another session");
    for (String forged :
        List.of(
            none,
            none + parts[2],
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + "." + other.split("\\.")[2],
            issuer.signedByAnother(valid),
            issuer.signedWithPublicKey(valid))) {
      assertThat(logout(forged)).as(forged).isEqualTo(400);
    }
    assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(200);
    assertThat(logout(valid)).isEqualTo(200);
    assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(401);
    assertThat(logout(valid)).as("a replay").isEqualTo(400);
  }

  @Test
  void aTokenWithoutASessionEndsAllSessionsOfItsAccountAndNoOther() {
    Browser first = signedIn();
    Browser second = signedIn();
    issuer.signsIn("acme", "yara", _ -> {}, _ -> {});
    Browser yara = signedIn();
    String token =
        issuer.logoutToken(
            session,
            claims -> {
              claims.unsetClaim("sid");
              claims.setSubject("acme-zoe");
            });
    assertThat(logout(token)).isEqualTo(200);
    assertThat(first.get("/api/chat/me/").statusCode()).isEqualTo(401);
    assertThat(second.get("/api/chat/me/").statusCode()).isEqualTo(401);
    assertThat(yara.get("/api/chat/me/").statusCode()).isEqualTo(200);
  }

  private static Browser signedIn() {
    Browser browser = new Browser();
    assertThat(browser.follow(browser.get("/t/tests/")).statusCode()).isEqualTo(200);
    assertThat(browser.at().getPath()).isEqualTo("/chat");
    return browser;
  }

  private static int logout(String token) {
    return new Browser().post(LOGOUT, Map.of("logout_token", token), Map.of()).statusCode();
  }

  private static NumericDate in(long seconds) {
    NumericDate date = NumericDate.now();
    date.addSeconds(seconds);
    return date;
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String payloadOf(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
  }
}
