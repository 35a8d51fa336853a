package com.secureapprove.chat.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.OwnIssuer;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sign-ins at an issuer with a wrong clock, wrong claims, large tokens and rotated keys.
@QuarkusTest
@QuarkusTestResource(value = OwnIssuer.class, restrictToAnnotatedClass = true)
class RefusedSignInTest extends GatewayTest {
  @ConfigProperty(name = "chat.tokens.key-lookup-interval")
  Duration lookUpInterval;

  private static final String START = "/t/tests/";
  private final TestIssuer issuer = OwnIssuer.running();

  @BeforeEach
  void signsInZoe() {
    issuer.signsIn("acme", "zoe", _ -> {}, _ -> {});
  }

  @Test
  void clocksMayDifferByAMinute() {
    for (int seconds : new int[] {-50, 5, 50}) {
      Consumer<JwtClaims> shifted = shifted(seconds);
      issuer.signsIn("acme", "zoe", shifted, shifted);
      assertThat(ends(new Browser(), START)).as("%d s", seconds).isEqualTo("/chat");
      withToken(issuer.token("acme", "zoe", shifted)).get("/api/chat/me/").then().statusCode(200);
    }
    for (Consumer<JwtClaims> claims :
        List.<Consumer<JwtClaims>>of(
            c -> expire(c, -50), c -> c.setNotBefore(in(50)), c -> c.setIssuedAt(in(50)))) {
      withToken(issuer.token("acme", "zoe", claims)).get("/api/chat/me/").then().statusCode(200);
    }
    for (Consumer<JwtClaims> claims :
        List.<Consumer<JwtClaims>>of(
            c -> expire(c, -70), c -> c.setNotBefore(in(70)), c -> c.setIssuedAt(in(70)))) {
      withToken(issuer.token("acme", "zoe", claims)).get("/api/chat/me/").then().statusCode(401);
    }
  }

  /// Times at `seconds` from now, as an issuer with that clock writes them.
  private static Consumer<JwtClaims> shifted(int seconds) {
    return claims -> {
      claims.setIssuedAt(in(seconds));
      claims.setNotBefore(in(seconds));
      claims.setExpirationTime(in(seconds < 0 ? seconds : seconds + 300)); // none left, or 5 min
    };
  }

  private static void expire(JwtClaims claims, int seconds) {
    claims.setIssuedAt(in(seconds - 300));
    claims.setExpirationTime(in(seconds));
  }

  private static NumericDate in(int seconds) {
    NumericDate date = NumericDate.now();
    date.addSeconds(seconds);
    return date;
  }

  @Test
  void aRefusedSignInIsOnePageInTheBrowsersLanguageWithAWayBack() {
    Map<String, Consumer<JwtClaims>> refused =
        Map.of(
            "clocks", c -> expire(c, -3_600),
            "The clocks", c -> c.setNotBefore(in(3_600)),
            "clocks of your organisation", c -> c.setIssuedAt(in(3_600)),
            "belongs to another sign-in", c -> c.setStringClaim("nonce", "wrong"),
            "meant for another application", c -> c.setAudience("another"),
            "came from another sign-in service", c -> c.setIssuer("https://elsewhere.example"));
    refused.forEach((reason, claims) -> {
      issuer.signsIn("acme", "zoe", claims, _ -> {});
      Browser browser = new Browser();
      HttpResponse<String> page = browser.follow(browser.get(START));
      assertThat(page.statusCode()).as(reason).isEqualTo(401);
      assertThat(page.body()).contains(reason, "href=\"" + START + "\"", "href=\"/\"");
      assertThat(browser.cookies()).doesNotContain("q_auth");

      issuer.signsIn("acme", "zoe", _ -> {}, _ -> {});
      assertThat(ends(browser, START)).isEqualTo("/chat");
    });
    issuer.signsIn("acme", "zoe", c -> c.setStringClaim("nonce", "wrong"), _ -> {});
    assertThat(refusal("es")).contains("<html lang=\"es\">", "Intentarlo de nuevo", "otro inicio");
    assertThat(refusal("pt-BR")).contains("<html lang=\"pt-BR\">", "Tentar novamente");
  }

  private static String refusal(String language) {
    Browser browser = new Browser();
    HttpResponse<String> away = browser.get(START);
    HttpResponse<String> back = browser.get(location(away));
    return browser.get(location(back), "Accept-Language", language).body();
  }

  private static String location(HttpResponse<String> redirect) {
    return redirect.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void anAnswerOfAnotherIssuerIsRefused() {
    Browser browser = new Browser();
    String back = location(browser.get(location(browser.get(START))));
    String elsewhere = back.replaceAll("&iss=[^&]*", "&iss=https%3A%2F%2Fevil.example");
    assertThat(browser.get(elsewhere).statusCode()).isEqualTo(401);
    assertThat(browser.cookies()).doesNotContain("q_session");

    Browser without = new Browser();
    String answer = location(without.get(location(without.get(START))));
    assertThat(without.get(answer.replaceAll("&iss=[^&]*", "")).statusCode()).isEqualTo(401);
  }

  @Test
  void refusedSignInsWithoutCredentialsDoNotFillTheLog() {
    try (CapturedLog log = CapturedLog.of(SignInRoutes.class.getName())) {
      for (int i = 0; i < 150; i++) {
        anonymous().get(START + "?code=x&state=invented" + i).then().statusCode(401);
      }
      assertThat(log.lines("sign_in_refused")).hasSizeBetween(1, 100);
    }
  }

  @Test
  void aBrowserThatKeepsNoCookiesGetsAPageAndNoRedirect() {
    Browser browser = new Browser();
    String back = location(browser.get(location(browser.get(START))));
    HttpResponse<String> page = new Browser().get(back);
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.body()).contains("did not keep the cookie");
    HttpResponse<String> cancelled =
        new Browser().get(START + "?error=access_denied&state=x&iss=" + issuer.url());
    assertThat(cancelled.statusCode()).isEqualTo(401);
    assertThat(cancelled.body()).contains("cancelled");
  }

  @Test
  void thePersonReturnsToWhereTheyWantedToGo() {
    assertThat(ends(new Browser(), START + "?return_to=/developers")).isEqualTo("/developers");
    Browser elsewhere = new Browser();
    HttpResponse<String> last = elsewhere.get(START + "?return_to=https://host.example/page%3Fa");
    for (int i = 0; i < 3; i++) {
      last = elsewhere.get(location(last));
    }
    assertThat(last.headers().firstValue("Location")).contains("https://host.example/page?a");
    for (String foreign :
        List.of(
            "https://evil.example/",
            "//evil.example",
            "/%5Cevil.example",
            "https:evil.example",
            "https://host.example@evil.example/",
            "https://host.example.evil.example/",
            "javascript:alert(1)",
            "%09/chat",
            "/" + "x".repeat(1_100))) {
      Browser signedIn = new Browser();
      assertThat(ends(signedIn, START + "?return_to=" + foreign)).as(foreign).isEqualTo("/chat");
      assertThat(location(signedIn.get(START + "?return_to=" + foreign))).isIn("/chat", START);
    }
  }

  @Test
  void theCookiesStaySmallWhateverTheIssuerSends() {
    List<String> roles =
        IntStream.range(0, 900).mapToObj("app-%03d-department-of-permissions"::formatted).toList();
    Consumer<JwtClaims> many = claims -> claims.setStringListClaim("groups", roles);
    issuer.signsIn("acme", "zoe", many, many);
    Browser browser = new Browser();
    HttpResponse<String> last = browser.get(START);
    while (last.statusCode() / 100 == 3) {
      last = browser.get(location(last));
      int headers =
          last.headers().map().entrySet().stream()
              .mapToInt(e -> e.getKey().length() + e.getValue().toString().length())
              .sum();
      assertThat(headers).as("response headers, which proxies buffer").isLessThan(3_500);
    }
    assertThat(browser.at().getPath()).isEqualTo("/chat");
    assertThat(browser.cookies().length()).isLessThan(1_024);
    assertThat(browser.get("/api/chat/me/").statusCode()).isEqualTo(200);
    assertThat(browser.get("/api/chat/conversations/").statusCode()).isEqualTo(200);
    String internal = services.awaitCall("/api/chat/conversations").header("authorization");
    assertThat(internal.length()).isLessThan(1_000);
  }

  @Test
  void abandonedSignInsDoNotBreakLaterOnes() {
    Browser browser = new Browser();
    for (int i = 0; i < 74; i++) {
      assertThat(browser.get(START).statusCode()).isEqualTo(302);
    }
    assertThat(browser.cookies().length()).isLessThan(4_000);
    assertThat(ends(browser, START)).isEqualTo("/chat");
    assertThat(browser.cookies()).doesNotContain("q_auth");
  }

  @Test
  void tooLargeHeadersAreNamedAndTheCookiesRemoved() {
    String large = "q_session_tests=x; q_auth_tests_1=y; other=" + "z".repeat(40_000);
    anonymous()
        .header("Cookie", large)
        .get("/api/chat/me/")
        .then()
        .statusCode(431)
        .contentType("application/problem+json")
        .header("Set-Cookie", org.hamcrest.Matchers.containsString("Max-Age=0"));
    anonymous()
        .header("Cookie", large)
        .header("Accept", "text/html")
        .get("/")
        .then()
        .statusCode(431)
        .body(org.hamcrest.Matchers.containsString("too large"));
  }

  @Test
  void inventedKeyIdsDoNotUseUpTheLookUpAfterARotation() {
    withToken(issuer.token("acme", "zoe")).get("/api/chat/me/").then().statusCode(200);
    Browser before = new Browser();
    assertThat(ends(before, START)).isEqualTo("/chat");
    int lookUps = issuer.keyLookUps();
    long start = System.nanoTime();
    String invented = issuer.withUnknownKey("acme", "zoe");
    for (int i = 0; i < 30; i++) {
      withToken(i % 2 == 0 ? invented : issuer.withUnknownKey("acme", "zoe"))
          .get("/api/chat/me/")
          .then()
          .statusCode(401);
      anonymous()
          .contentType("application/x-www-form-urlencoded")
          .formParam("logout_token", invented)
          .post("/t/tests/backchannel-logout")
          .then()
          .statusCode(400);
    }
    // tokens of the API, of sessions and of logouts each have their own budget
    long intervals = Duration.ofNanos(System.nanoTime() - start).dividedBy(lookUpInterval) + 1;
    assertThat(issuer.keyLookUps() - lookUps).isLessThanOrEqualTo((int) (3 * intervals));

    issuer.rotateKey();
    await()
        .atMost(Duration.ofSeconds(6))
        .untilAsserted(() ->
            withToken(issuer.token("acme", "zoe")).get("/api/chat/me/").then().statusCode(200));
    await()
        .atMost(Duration.ofSeconds(6))
        .untilAsserted(() -> assertThat(ends(new Browser(), START)).isEqualTo("/chat"));
    // a session whose key is gone ends on one page or at a new sign-in, never in a circle
    assertThat(before.follow(before.get(START)).statusCode()).isIn(200, 401);
  }

  @Test
  void aSessionThatWasSignedOutStaysOutWhateverTheIssuerDoes() {
    Browser zoe = new Browser();
    assertThat(ends(zoe, START)).isEqualTo("/chat");
    String former = zoe.cookies();
    zoe.post("/sign-out", Map.of("csrf_token", zoe.cookie("chat_csrftoken")), Map.of());
    assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(401);

    assertThat(ends(zoe, START)).isEqualTo("/chat"); // the same session of the issuer, at once
    assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(200);
    anonymous().header("Cookie", former).get("/api/chat/me/").then().statusCode(401);

    Browser other = new Browser();
    assertThat(ends(other, START)).isEqualTo("/chat");
    String form = issuer.logoutToken("session-of-zoe");
    assertThat(
            new Browser()
                .post("/t/tests/backchannel-logout", Map.of("logout_token", form), Map.of())
                .statusCode())
        .isEqualTo(200);
    assertThat(zoe.get("/api/chat/me/").statusCode()).isEqualTo(401);
    assertThat(other.get("/api/chat/me/").statusCode()).isEqualTo(401);
  }

  @Test
  void logsHaveNeitherTokensNorClaims() {
    List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(
                line.getMessage()
                    + Arrays.toString(line.getParameters())
                    + (line.getThrown() == null ? "" : line.getThrown()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = LogManager.getLogManager().getLogger("");
    root.addHandler(handler);
    List<String> secrets =
        new ArrayList<>(List.of("zoe@acme.example", "acme-zoe", "eyJ", "claims"));
    try {
      issuer.signsIn("acme", "zoe", c -> c.setStringClaim("nonce", "wrong"), _ -> {});
      assertThat(ends(new Browser(), START)).isEqualTo(START);
      issuer.signsIn("acme", "zoe", c -> expire(c, -3_600), _ -> {});
      assertThat(ends(new Browser(), START)).isEqualTo(START);
      issuer.signsIn("acme", "zoe", _ -> {}, c -> expire(c, -3_600));
      ends(new Browser(), START);
      services.unknown("stranger");
      issuer.signsIn("acme", "stranger", _ -> {}, _ -> {});
      ends(new Browser(), START);
      issuer.signsIn("acme", "zoe", _ -> {}, _ -> {});
      Browser zoe = new Browser();
      assertThat(ends(zoe, START)).isEqualTo("/chat");
      secrets.add(zoe.cookie("q_session_tests"));
      secrets.add(zoe.cookie("chat_csrftoken"));
      withToken(issuer.forged("acme", "zoe")).get("/api/chat/me/").then().statusCode(401);
      zoe.post("/sign-out", Map.of("csrf_token", zoe.cookie("chat_csrftoken")), Map.of());
    } finally {
      root.removeHandler(handler);
    }
    assertThat(lines).isNotEmpty();
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).doesNotContain(secrets.toArray(CharSequence[]::new)));
  }

  /// Where a browser ends that follows all redirects; each address at most once.
  private static String ends(Browser browser, String start) {
    HttpResponse<String> page = browser.get(start);
    for (int i = 0; i < 8 && page.statusCode() / 100 == 3; i++) {
      page = browser.get(location(page));
    }
    assertThat(page.statusCode()).as("redirects without an end").isNotEqualTo(302);
    return browser.at().getPath();
  }

  @Test
  void aConnectionByTheSmallCookieIsOpen() {
    Browser zoe = new Browser();
    assertThat(ends(zoe, START)).isEqualTo("/chat");
    try (Client socket =
        Client.open(
            "/ws/chat/",
            Client.builder().header("Cookie", zoe.cookies()).header("Origin", Client.origin()))) {
      assertThat(socket.next().path("user_id").asText()).isEqualTo("id-of-zoe");
    }
  }
}
