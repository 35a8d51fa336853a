package com.secureapprove.chat.systemtests.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.systemtests.suite.BadTokens;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import com.secureapprove.chat.testsupport.websocket.UpgradeRefused;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens that are no good: 401 over REST, 4401 on a WebSocket.
@ExtendWith(RunningSuite.class)
@TestInstance(Lifecycle.PER_CLASS)
class BadTokensST {

  private final Suite suite;
  private final Tenant tenant;
  private final TestIssuer issuer;

  BadTokensST(Suite suite) {
    this.suite = suite;
    this.issuer = suite.issuer();
    tenant = suite.newTenant();
    tenant.person("alice");
  }

  Stream<Arguments> badTokens() {
    return BadTokens.of(suite, tenant, "alice").entrySet().stream()
        .map(bad -> Arguments.of(bad.getKey(), bad.getValue()));
  }

  @ParameterizedTest(name = "a token {0}")
  @MethodSource("badTokens")
  void signsNobodyIn(String kind, String token) {
    ChatUser nobody = ChatUser.withToken(suite, token);
    nobody.get("me/").expectProblem(401);
    nobody.get("conversations/").expectProblem(401);
    nobody.post("conversations/start/", Map.of("participant_id", "x")).expectProblem(401);
    try (Socket socket = nobody.open("")) {
      assertThat(socket.awaitClose()).isEqualTo(4401);
      assertThat(socket.frames()).isEmpty();
    }
  }

  @Test
  void withoutATokenNobodyIsSignedIn() {
    var anonymous = ChatUser.withToken(suite, "");
    anonymous.get("me/").expectProblem(401);
    try (Socket socket = Socket.open(suite, "", Map.of())) {
      assertThat(socket.awaitClose()).isEqualTo(4401);
    }
  }

  @Test
  void aTokenInTheAddressSignsNobodyIn() {
    String good = issuer.token(tenant.name(), "alice");
    try (Socket socket = Socket.open(suite, "?token=" + good + "&access_token=" + good, Map.of())) {
      assertThat(socket.awaitClose()).isEqualTo(4401);
    }
  }

  @Test
  void someoneWithoutATenantIsForbidden() {
    String token = issuer.token(tenant.name(), "alice", claims -> claims.unsetClaim("org"));
    ChatUser stray = ChatUser.withToken(suite, token);
    stray.get("me/").expectProblem(403);
    try (Socket socket = stray.open("")) {
      assertThat(socket.awaitClose()).isEqualTo(4403);
    }
  }

  @Test
  void theTenantIsNeverTakenFromWhatTheClientSends() {
    Tenant other = suite.newTenant();
    ChatUser alice = tenant.signIn("alice");
    assertThat(
            alice
                .send(
                    alice
                        .request("me/?tenant=" + other.name())
                        .header("X-Tenant", other.name())
                        .header("Chat-Tenant", other.name())
                        .GET())
                .expect(200)
                .path("tenant")
                .asText())
        .isEqualTo(tenant.name());
  }

  @Test
  void aKeyThatTheIssuerPublishesAnewIsTrusted() {
    issuer.rotateKey();
    assertThat(tenant.signIn("alice").name()).isEqualTo("Alice");
  }

  @Test
  void aForeignOriginIsRefusedAtTheUpgrade() {
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + issuer.token(tenant.name(), "alice"),
            "Origin",
            "https://evil.example");
    assertThatThrownBy(() -> Socket.open(suite, "", headers))
        .isInstanceOfSatisfying(
            UpgradeRefused.class, refused -> assertThat(refused.status()).isEqualTo(403));
  }
}
