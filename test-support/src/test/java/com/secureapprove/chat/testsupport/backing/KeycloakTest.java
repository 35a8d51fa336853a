package com.secureapprove.chat.testsupport.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.localstack.backing.Keycloak;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeycloakTest {

  private final Keycloak keycloak = BackingServices.shared().keycloak();

  @ParameterizedTest
  @CsvSource({
    "acme, alice, Alice Adams, a0000000-0000-4000-8000-000000000001",
    "globex, frank, Frank Fisher, b0000000-0000-4000-8000-000000000003"
  })
  void aDemoPersonGetsAnAccessTokenForTheChat(
      String tenant, String userName, String name, String subject) throws Exception {
    JwtClaims claims = verified(tenant, keycloak.token(tenant, userName));

    assertThat(claims.getSubject()).isEqualTo(subject);
    assertThat(claims.getClaimValueAsString("preferred_username")).isEqualTo(userName);
    assertThat(claims.getClaimValueAsString("name")).isEqualTo(name);
    assertThat(claims.getClaimValueAsString("email_verified")).isEqualTo("true");
  }

  @Test
  void thePublisherHasItsRole() throws Exception {
    JwtClaims claims = verified("acme", keycloak.publisherToken("acme"));

    assertThat(claims.getClaimValueAsString("realm_access")).contains("chat-publisher");
  }

  @Test
  void aPersonOfAnotherTenantGetsNoToken() {
    assertThatThrownBy(() -> keycloak.token("globex", "alice"))
        .hasMessageContaining("Invalid user credentials");
  }

  @Test
  void everyDemoPersonHasANameAndAnEmailAddress() {
    assertThat(DemoTenant.all())
        .flatExtracting(DemoTenant::people)
        .extracting(DemoTenant.Person::userName)
        .containsExactly("alice", "bob", "carol", "dave", "erin", "frank");
  }

  private JwtClaims verified(String tenant, String token) throws InvalidJwtException {
    String issuer = keycloak.issuer(tenant);
    return new JwtConsumerBuilder()
        .setExpectedIssuer(issuer)
        .setExpectedAudience("chat")
        .setRequireExpirationTime()
        .setVerificationKeyResolver(
            new HttpsJwksVerificationKeyResolver(
                new HttpsJwks(issuer + "/protocol/openid-connect/certs")))
        .build()
        .processToClaims(token);
  }
}
