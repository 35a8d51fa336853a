package com.secureapprove.chat.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.UpstreamStubs;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.websocket.UpgradeRefused;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignInTest extends GatewayTest {
  @Inject RedisDataSource redis;

  @BeforeEach
  void forgetSessions() {
    redis.key().keys("chat:session:*").forEach(key -> redis.key().del(key));
  }

  @Test
  void theStartPageAsksForTheOrganisationInTheBrowsersLanguage() {
    Browser browser = new Browser();
    HttpResponse<String> page = browser.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<html lang=\"en\">", "Which organisation are you with?", "href=\"/t/acme/\"")
        .doesNotContain("<script", "style=");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(browser.get("/", "Accept-Language", "es-MX,es;q=0.9,en;q=0.1").body())
        .contains("<html lang=\"es\">", "¿De qué organización eres?");
    assertThat(browser.get("/", "Accept-Language", "pt-PT").body())
        .contains("<html lang=\"pt-BR\">", "De qual organização você é?");
    assertThat(browser.get("/", "Accept-Language", ";;q=x").body()).contains("lang=\"en\"");
  }

  @Test
  void anOrganisationIsFoundByItsShortName() {
    Browser browser = new Browser();
    HttpResponse<String> found = browser.get("/?organisation=%20Acme");
    assertThat(found.statusCode()).isEqualTo(303);
    assertThat(found.headers().firstValue("Location")).contains("/t/acme/");
    assertThat(browser.get("/?organisation=%22%3E%3Cb%3Enobody").body())
        .contains("There is no organisation with this name")
        .contains("value=\"&quot;&gt;&lt;b&gt;nobody\"");
    assertThat(browser.get("/t/nobody/").body()).contains("There is no organisation");
  }

  @Test
  void theCodeFlowUsesPkceAndEndsAtTheChat() {
    Browser browser = new Browser();
    HttpResponse<String> away = browser.get("/t/acme/");
    assertThat(away.statusCode()).isEqualTo(302);
    assertThat(away.headers().firstValue("Location").orElseThrow())
        .contains("/realms/acme/", "code_challenge_method=S256", "nonce=", "response_type=code");
    HttpResponse<String> chat =
        browser.follow(browser.submitLogin(browser.follow(away), "alice", "demo"));
    assertThat(browser.at().getPath()).isEqualTo("/chat");
    assertThat(chat.body()).contains("<tenant-chat full-page", "/tenant_chat.js", "/developers");
    assertThat(chat.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(browser.cookies()).contains("q_session_acme", "chat_csrftoken=");
    assertThat(browser.get("/").statusCode()).isEqualTo(303); // to the chat
  }

  @Test
  void everyChangeByCookieNeedsTheCsrfTokenOfItsSession() {
    Browser alice = Browser.signedIn("acme", "alice");
    Browser bob = Browser.signedIn("acme", "bob");
    HttpResponse<String> me = alice.get("/api/chat/me/");
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body())
        .contains(
            "\"id\":\"id-of-alice\"", "\"csrf_token\":\"" + alice.cookie("chat_csrftoken") + "\"");
    String start = "/api/chat/conversations/start/";
    assertThat(alice.post(start, Map.of(), Map.of()).statusCode()).isEqualTo(403);
    assertThat(
            alice
                .post(start, Map.of(), Map.of("X-CSRFToken", bob.cookie("chat_csrftoken")))
                .statusCode())
        .isEqualTo(403);
    assertThat(services.calls(start.replaceAll("/$", ""))).isEmpty();
    assertThat(
            alice
                .post(start, Map.of(), Map.of("X-CSRFToken", alice.cookie("chat_csrftoken")))
                .statusCode())
        .isEqualTo(200);
    assertThat(services.calls("/api/chat/conversations/start").getLast().headers())
        .doesNotContainKeys("cookie", "x-csrftoken");
  }

  @Test
  void aConnectionByCookieNeedsTheGatewaysOriginAndEndsWithTheSession() {
    Browser alice = Browser.signedIn("acme", "alice");
    assertThatThrownBy(
            () -> Client.open("/ws/chat/", Client.builder().header("Cookie", alice.cookies())))
        .isInstanceOf(UpgradeRefused.class);
    Client socket =
        Client.open(
            "/ws/chat/",
            Client.builder().header("Cookie", alice.cookies()).header("Origin", Client.origin()));
    assertThat(socket.next().path("user_id").asText()).isEqualTo("id-of-alice");

    String stolen = alice.cookies();
    assertThat(alice.post("/sign-out", Map.of(), Map.of()).statusCode()).isEqualTo(403);
    HttpResponse<String> out =
        alice.post("/sign-out", Map.of("csrf_token", alice.cookie("chat_csrftoken")), Map.of());
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.headers().firstValue("Location")).contains("/sign-out/continue");
    assertThat(socket.closeCode()).isEqualTo(4401);
    assertThat(alice.cookies()).doesNotContain("q_session", "chat_csrftoken");
    assertThat(alice.get("/api/chat/me/").statusCode()).isEqualTo(401);
    anonymous().header("Cookie", stolen).get("/api/chat/me/").then().statusCode(401);

    HttpResponse<String> form = alice.follow(out);
    assertThat(form.body())
        .contains("method=\"post\"", "/realms/acme/protocol/openid-connect/logout", "id_token_hint")
        .contains("name=\"post_logout_redirect_uri\" value=\"" + Client.origin() + "/\"");
    assertThat(form.uri().getQuery()).isNull();
    assertThat(alice.get("/sign-out/continue").statusCode()).isEqualTo(303); // only once
    alice.follow(alice.submitForm(form)); // the issuer's session has ended too
    assertThat(alice.follow(alice.get("/t/acme/")).body()).contains("password");
  }

  @Test
  void aSignOutOfTheChatOnlyKeepsTheIssuersSessionAndGoesWhereConfigured() {
    Browser dave = Browser.signedIn("globex", "dave");
    assertThat(dave.get("/chat").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("form-action 'self' http://localhost:", " https://host.example");
    Map<String, String> form = new HashMap<>();
    form.put("csrf_token", dave.cookie("chat_csrftoken"));
    for (String name : List.of("return_to", "next", "post_logout_redirect_uri", "go_on")) {
      form.put(name, "https://evil.example/");
    }
    try (Client his = socketOf(dave)) {
      HttpResponse<String> out = dave.post("/sign-out?next=https://evil.example/", form, Map.of());
      assertThat(out.headers().firstValue("Location")).contains("https://host.example/signed-out");
      assertThat(his.closeCode()).isEqualTo(4401);
    }
    assertThat(dave.get("/api/chat/me/").statusCode()).isEqualTo(401);
    anonymous()
        .header("Cookie", "q_session_globex=ended")
        .post("/sign-out")
        .then()
        .statusCode(303)
        .header("Location", "https://host.example/signed-out");

    dave.follow(dave.get("/t/globex/"));
    assertThat(dave.at().getPath()).isEqualTo("/chat"); // without a password
  }

  @Test
  void afterSigningOutHereOnlyThePersonCanSignInAgainWithTheIssuersSession() {
    Browser alice = Browser.signedIn("acme", "alice");
    String before = alice.cookies();
    alice.post("/sign-out", Map.of("csrf_token", alice.cookie("chat_csrftoken")), Map.of());
    assertThat(alice.get("/api/chat/me/").statusCode()).isEqualTo(401);

    assertThat(alice.follow(alice.get("/t/acme/")).statusCode()).isEqualTo(200);
    assertThat(alice.at().getPath()).isEqualTo("/chat"); // without a password
    assertThat(alice.get("/api/chat/me/").statusCode()).isEqualTo(200);
    try (Client hers = socketOf(alice)) {
      hers.nothingButPong();
    }
    anonymous().header("Cookie", before).get("/api/chat/me/").then().statusCode(401);
  }

  @Test
  void aScriptCanQueryAndEndTheSession() {
    assertThat(new Browser().get("/session").body()).isEqualTo("{\"signed_in\":false}");
    Browser alice = Browser.signedIn("acme", "alice");
    assertThat(alice.get("/session").body()).isEqualTo("{\"signed_in\":true}");
    assertThat(alice.get("/session").headers().firstValue("Cache-Control")).contains("no-store");
    anonymous()
        .header("Cookie", alice.cookies())
        .header("X-CSRFToken", alice.cookie("chat_csrftoken"))
        .header("Accept", "application/json")
        .contentType("application/json")
        .body("{}")
        .post("/sign-out")
        .then()
        .statusCode(200)
        .body("go_on", containsString("/sign-out/continue"));
    assertThat(alice.get("/session").body()).isEqualTo("{\"signed_in\":false}");
  }

  @Test
  void theDevelopersPageRequiresASession() {
    HttpResponse<String> out = new Browser().get("/developers");
    assertThat(out.statusCode()).isEqualTo(303);
    Browser alice = Browser.signedIn("acme", "alice");
    HttpResponse<String> page = alice.get("/developers", "Accept-Language", "es");
    assertThat(page.body())
        .contains("<html lang=\"es\">", "Para desarrolladores", "<tenant-chat>", "data-gateway=")
        .doesNotContain("style=", "onclick=", "<script>");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(alice.get("/pages/developers.js").statusCode()).isEqualTo(200);
  }

  @Test
  void aForgedCallbackOfTheCodeFlowCreatesNoSession() {
    Browser browser = new Browser();
    HttpResponse<String> page = browser.get("/t/acme/?code=x&state=y");
    assertThat(page.statusCode()).isIn(302, 401);
    assertThat(browser.cookies()).doesNotContain("q_session_acme");
  }

  @Test
  void theChatPageWithoutASessionRedirectsToTheStartPage() {
    HttpResponse<String> page = new Browser().get("/chat");
    assertThat(page.statusCode()).isEqualTo(303);
    assertThat(page.headers().firstValue("Location")).contains("/t/");
  }

  @Test
  void aLogoutAtTheIssuerEndsTheSessionHere() {
    BackingServices.shared().keycloak().announceLogouts(Client.origin());
    Browser carol = Browser.signedIn("acme", "carol");
    Browser bob = Browser.signedIn("acme", "bob");
    try (Client hers = socketOf(carol);
        Client his = socketOf(bob)) {
      long before = System.nanoTime();
      BackingServices.shared().keycloak().endSessions("acme", "carol");
      assertThat(hers.closeCode()).isEqualTo(4401);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      assertThat(carol.get("/api/chat/me/").statusCode()).isEqualTo(401);
      his.nothingButPong();
      assertThat(bob.get("/api/chat/me/").statusCode()).isEqualTo(200);
    }
    // the revoked cookie must not prevent a new sign-in
    assertThat(carol.follow(carol.get("/t/acme/")).body()).contains("password");
    assertThat(Browser.signedIn("acme", "carol").get("/api/chat/me/").statusCode()).isEqualTo(200);
  }

  @Test
  void aRevocationFromAnotherGatewayClosesConnectionsHere() {
    Browser carol = Browser.signedIn("acme", "carol");
    Client hers = socketOf(carol);
    UUID notHers = UUID.randomUUID();
    redis.pubsub(String.class).publish("chat:ended", notHers + " 4000000000");
    hers.nothingButPong();
    String key = keyOf("chat:session:");
    redis.pubsub(String.class).publish("chat:ended", key + " 4000000000");
    assertThat(hers.closeCode()).isEqualTo(4401);
    assertThat(carol.get("/api/chat/me/").statusCode()).isEqualTo(401);
  }

  @Test
  void revocationsAreReceivedAfterRedisClosedTheSubscription() {
    Browser carol = Browser.signedIn("acme", "carol");
    Client hers = socketOf(carol);
    interruptSubscriptions(redis);
    redis.pubsub(String.class).publish("chat:ended", keyOf("chat:session:") + " 4000000000");
    assertThat(hers.closeCode()).isEqualTo(4401);
  }

  private String keyOf(String prefix) {
    return redis.key().keys(prefix + "*").getFirst().substring(prefix.length());
  }

  private static Client socketOf(Browser browser) {
    Client client =
        Client.open(
            "/ws/chat/",
            Client.builder().header("Cookie", browser.cookies()).header("Origin", Client.origin()));
    assertThat(client.next().path("type").asText()).isEqualTo("connected");
    return client;
  }

  @Test
  void aLogoutTokenIsValidOnceAndOnlyForItsIssuer() {
    BackingServices.shared().keycloak().announceLogouts(UpstreamStubs.address());
    BackingServices.shared().keycloak().endSessions("acme", "carol"); // sessions of other tests
    services.reset();
    Browser carol = Browser.signedIn("acme", "carol");
    Client hers = socketOf(carol);
    BackingServices.shared().keycloak().endSessions("acme", "carol");
    String path = "/t/acme/backchannel-logout";
    String token = services.awaitCall(path).body().replaceFirst("^logout_token=", "");

    String[] parts = token.split("\\.");
    String other = Client.token("acme", "carol").split("\\.")[1];
    for (String wrong :
        List.of(
            "",
            "nonsense",
            "a.b.c",
            parts[0] + "." + other + "." + parts[2], // the signature is of other claims
            parts[0] + "." + parts[1] + ".",
            Client.token("acme", "carol"))) { // signed, but an access token
      assertThat(logout(path, wrong)).as(wrong).isEqualTo(400);
    }
    assertThat(logout("/t/globex/backchannel-logout", token)).isEqualTo(400);
    assertThat(logout("/t/nobody/backchannel-logout", token)).isEqualTo(404);
    hers.nothingButPong();

    assertThat(logout(path, token)).isEqualTo(200);
    assertThat(hers.closeCode()).isEqualTo(4401);
    assertThat(logout(path, token)).isEqualTo(400);
  }

  private static int logout(String path, String token) {
    return new Browser().post(path, Map.of("logout_token", token), Map.of()).statusCode();
  }
}
