package com.secureapprove.chat.systemtests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The link of a mail ends the mails to one person without a sign-in. notification-service is
/// optional, so this test starts it, and stops it at the end.
@ExtendWith(RunningSuite.class)
class MailST {
  private static final String PREFERENCE = "me/mail/";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Suite suite;
  private final Tenant tenant;
  private final List<ChatUser> people;

  MailST(Suite suite) {
    this.suite = suite;
    tenant = suite.newTenant();
    people = tenant.people("alice", "bob");
  }

  @BeforeEach
  void start() {
    suite.stack().start(Component.NOTIFICATION);
  }

  @AfterEach
  void stop() {
    suite.stack().stop(Component.NOTIFICATION);
  }

  @Test
  void theLinkOfAMailUnsubscribesOnePersonAndTheySubscribeAgain() throws Exception {
    ChatUser alice = people.getFirst();
    ChatUser bob = people.getLast();
    String link = token("notification", "unsubscribe", alice);

    HttpResponse<String> page = open(link, 200);
    assertThat(page.body()).contains("<form method=\"post\">");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("form-action 'self'");
    assertThat(alice.get(PREFERENCE).expect(200).path("enabled").asBoolean()).isTrue();

    for (int times = 0; times < 2; times++) {
      assertThat(oneClick(link, 200).body()).contains("You are unsubscribed");
    }
    assertThat(alice.get(PREFERENCE).expect(200).path("enabled").asBoolean()).isFalse();
    assertThat(bob.get(PREFERENCE).expect(200).path("enabled").asBoolean()).isTrue();

    Map<String, Object> again = Map.of("enabled", true, "language", "es");
    assertThat(alice.patch(PREFERENCE, again).expect(200).path("enabled").asBoolean()).isTrue();

    for (String wrong :
        List.of(
            link.substring(0, link.length() - 4) + "AAAA",
            token("gateway", "unsubscribe", alice),
            token("notification", "notification", alice),
            "x")) {
      open(wrong, 404);
      oneClick(wrong, 404);
    }
    assertThat(alice.get(PREFERENCE).expect(200).path("enabled").asBoolean()).isTrue();
    suite
        .send(
            HttpRequest.newBuilder(URI.create(suite.baseUrl() + "/api/chat/me/mail/"))
                .header("Authorization", "Bearer " + link)
                .GET())
        .expectProblem(401);
  }

  private HttpResponse<String> open(String token, int status) throws Exception {
    return page(link(token).GET(), status);
  }

  /// As the provider of a mailbox does (RFC 8058).
  private HttpResponse<String> oneClick(String token, int status) throws Exception {
    return page(
        link(token)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")),
        status);
  }

  /// The contract of the API has no pages, so the client that checks it is not used.
  private HttpResponse<String> page(HttpRequest.Builder request, int status) throws Exception {
    HttpResponse<String> page = http.send(request.build(), BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(status);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    return page;
  }

  private HttpRequest.Builder link(String token) {
    return HttpRequest.newBuilder(URI.create(suite.baseUrl() + "/api/chat/unsubscribe/" + token));
  }

  /// A token that a component signed.
  private String token(String issuer, String audience, ChatUser person) throws Exception {
    Path notification =
        Path.of(suite.stack().environment(Component.NOTIFICATION).get("CHAT_INTERNAL_KEY_FILE"));
    PublicJsonWebKey key =
        PublicJsonWebKey.Factory.newPublicJwk(
            Files.readString(notification.resolveSibling(issuer + ".jwk")));
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(audience);
    claims.setExpirationTimeMinutesInTheFuture(1);
    claims.setSubject(person.id());
    claims.setStringClaim("tenant", tenant.name());
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setKey(key.getPrivateKey());
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setAlgorithmHeaderValue("ES256");
    return token.getCompactSerialization();
  }
}
