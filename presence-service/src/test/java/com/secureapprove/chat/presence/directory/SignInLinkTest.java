package com.secureapprove.chat.presence.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.secureapprove.chat.presence.PresenceCalls;
import com.secureapprove.chat.presence.PresenceStores;
import com.secureapprove.chat.serviceplatform.audit.AuditLog;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
@TestProfile(SignInLinkTest.TrustsMail.class)
class SignInLinkTest {

  private static final Path AUDIT_FILE = Path.of("target/audit.log").toAbsolutePath();

  /// Writes the audit log to a file of its own too. Allows links by verified e-mail address in one
  /// tenant.
  public static final class TrustsMail implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chat.directory.link-by-email", "globex",
          "quarkus.log.handler.file.audit.enabled", "true",
          "quarkus.log.handler.file.audit.path", AUDIT_FILE.toString(),
          "quarkus.log.category.\"chat.audit\".handlers", "audit");
    }
  }

  @Test
  void theFirstSignInUsesTheDirectoryClaimAndLaterOnesTheLink() {
    String alice = PresenceCalls.person("acme", "alice");

    signIn("acme", "sub-alice", "alice", null).statusCode(200).body("id", equalTo(alice));
    signIn("acme", "sub-alice", "renamed-there", null).statusCode(200).body("id", equalTo(alice));
  }

  @Test
  void changesOfPeopleAndAccountsAreInTheAuditLogWithoutNames() {
    try (CapturedLog log = CapturedLog.of(AuditLog.CATEGORY)) {
      String ada = PresenceCalls.person("audited", "ada");
      signIn("audited", "sub-ada", "ada", null).statusCode(200);
      PresenceCalls.by("gateway", "audited")
          .delete("/scim/v2/Users/" + ada + "/Accounts")
          .then()
          .statusCode(200);

      String by = " tenant=audited actor=gateway person=" + ada;
      assertThat(log.lines("account_"))
          .containsExactly(
              "account_linked" + by + " issuer=https://issuer.test/audited",
              "account_unlinked" + by + " issuer=https://issuer.test/audited");
      assertThat(AUDIT_FILE).content().contains("account_linked" + by);
      assertThat(log.lines("user_upserted"))
          .anyMatch(line -> line.endsWith("person=" + ada + " active=true"));
      assertThat(log.lines("")).noneMatch(line -> line.contains("@") || line.contains("Ada"));
    }
  }

  @Test
  void anUnknownPersonIsRejected() {
    signIn("acme", "sub-x", "nobody", "nobody@acme.test").statusCode(403);
    signIn("acme", "sub-x", null, null).statusCode(403);
  }

  @Test
  void aSecondSubjectForTheSamePersonIsRejected() {
    PresenceCalls.person("acme", "bob");
    signIn("acme", "sub-bob", "bob", null).statusCode(200);

    signIn("acme", "sub-mallory", "bob", null)
        .statusCode(403)
        .body("detail", containsString("linked to another account"));
  }

  @Test
  void anAdministratorUnlinksAnAccountThatWasMadeAgain() {
    String hana = PresenceCalls.person("acme", "hana");
    signIn("acme", "sub-hana-1", "hana", null).statusCode(200);
    signIn("acme", "sub-hana-2", "hana", null).statusCode(403);
    String accounts = "/scim/v2/Users/" + hana + "/Accounts";
    PresenceCalls.by("gateway", "acme")
        .get(accounts)
        .then()
        .statusCode(200)
        .body("accounts.subject", equalTo(List.of("sub-hana-1")));
    PresenceCalls.by("gateway", "globex").delete(accounts).then().statusCode(404);
    PresenceCalls.by("message", "acme").delete(accounts).then().statusCode(403);

    PresenceCalls.by("gateway", "acme")
        .delete(accounts)
        .then()
        .statusCode(200)
        .body("unlinked", is(1));

    signIn("acme", "sub-hana-1", "hana", null)
        .statusCode(403)
        .body("detail", containsString("unlinked")); // a session of the former account
    signIn("acme", "sub-hana-2", "hana", null).statusCode(200).body("id", equalTo(hana));
  }

  @Test
  void anIssuerThatWasMigratedIsUnlinkedAsAWhole() {
    String there = PresenceCalls.person("migrated-2", "iris");
    signIn("migrated-2", "old-iris", "iris", null).statusCode(200);
    List<String> people =
        List.of(PresenceCalls.person("migrated", "iris"), PresenceCalls.person("migrated", "ivan"));
    signIn("migrated", "old-iris", "iris", null).statusCode(200);
    signIn("migrated", "old-ivan", "ivan", null).statusCode(200);
    signIn("migrated", "new-iris", "iris", null).statusCode(403);

    PresenceCalls.by("gateway", "migrated").delete("/scim/v2/Accounts").then().statusCode(400);
    PresenceCalls.by("gateway", "migrated")
        .queryParam("issuer", "https://issuer.test/migrated")
        .delete("/scim/v2/Accounts")
        .then()
        .statusCode(200)
        .body("unlinked", is(2));

    signIn("migrated", "new-iris", "iris", null).body("id", equalTo(people.getFirst()));
    signIn("migrated", "new-ivan", "ivan", null).body("id", equalTo(people.getLast()));
    signIn("migrated-2", "old-iris", "iris", null).body("id", equalTo(there));
  }

  @Test
  void anInactivePersonIsRejectedImmediately() {
    PresenceCalls.person("acme", "carol");
    signIn("acme", "sub-carol", "carol", null).statusCode(200);
    PresenceCalls.person("acme", "carol", "Carol", false);

    signIn("acme", "sub-carol", "carol", null)
        .statusCode(403)
        .contentType("application/problem+json");
  }

  @Test
  void aRestoredPersonSignsInOnlyWithTheLinkedAccount() {
    String gina = PresenceCalls.person("acme", "gina");
    signIn("acme", "sub-gina", "gina", null).statusCode(200);
    PresenceCalls.by("gateway", "acme").delete("/scim/v2/Users/" + gina).then().statusCode(204);
    signIn("acme", "sub-gina", "gina", null).statusCode(403);
    signIn("acme", "sub-other", "gina", null).statusCode(403);

    assertThat(PresenceCalls.person("acme", "gina")).isEqualTo(gina);
    signIn("acme", "sub-other", "gina", null).statusCode(403);
    signIn("acme", "sub-gina", "gina", null).statusCode(200).body("id", equalTo(gina));
  }

  @Test
  void aPersonOfAnotherTenantIsNotFoundByUserName() {
    String there = PresenceCalls.person("globex", "erin");
    String here = PresenceCalls.person("acme", "erin");

    assertThat(here).isNotEqualTo(there);
    signIn("acme", "sub-erin", "erin", null).statusCode(200).body("id", equalTo(here));
    signIn("globex", "sub-erin", "erin", null).statusCode(200).body("id", equalTo(there));
  }

  @Test
  void linkingByEmailNeedsVerificationAndTheSetting() {
    String frank = PresenceCalls.person("globex", "frank");
    PresenceCalls.person("acme", "frank");

    signIn("globex", "sub-frank", "f.rank", "FRANK@globex.test", false).statusCode(403);
    signIn("acme", "sub-frank", "f.rank", "frank@acme.test", true).statusCode(403);
    signIn("globex", "sub-frank", "f.rank", "FRANK@globex.test", true)
        .statusCode(200)
        .body("id", equalTo(frank));
  }

  @Test
  void onlyTheGatewayMayResolveSignIns() {
    PresenceCalls.by("conversation", "acme")
        .body("{}")
        .post("/internal/sign-ins")
        .then()
        .statusCode(403);
    PresenceCalls.by("gateway", "acme")
        .body("{}")
        .post("/internal/sign-ins")
        .then()
        .statusCode(400);
  }

  @Test
  void refusedSignInsDoNotFillTheLog() {
    try (CapturedLog log = CapturedLog.of(SignInsResource.class.getName())) {
      for (int i = 0; i < 150; i++) {
        signIn("initech", "nobody" + i, null, null).statusCode(403);
      }
      assertThat(log.lines("sign_in_refused")).hasSizeBetween(1, 100);
    }
  }

  private static ValidatableResponse signIn(
      String tenant, String subject, @Nullable String directoryValue, @Nullable String email) {
    return signIn(tenant, subject, directoryValue, email, true);
  }

  private static ValidatableResponse signIn(
      String tenant,
      String subject,
      @Nullable String directoryValue,
      @Nullable String email,
      boolean verified) {
    Map<String, Object> body = new HashMap<>();
    body.put("issuer", "https://issuer.test/" + tenant);
    body.put("subject", subject);
    body.put("directory_value", directoryValue);
    body.put("email", email);
    body.put("email_verified", verified);
    return PresenceCalls.by("gateway", tenant).body(body).post("/internal/sign-ins").then();
  }
}
