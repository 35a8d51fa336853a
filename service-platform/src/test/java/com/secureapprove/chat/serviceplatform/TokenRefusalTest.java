package com.secureapprove.chat.serviceplatform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PrivateKey;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Internal tokens that are refused because of a key or a clock: the reason is in the challenge and
/// in the log, at both ends.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class TokenRefusalTest {
  private final String path = "/samples/" + UUID.randomUUID();
  private CapturedLog log;

  @BeforeEach
  void startLog() {
    log = new CapturedLog();
  }

  @AfterEach
  void stopLog() {
    log.close();
    StubDirectory.answers(200, "{\"people\":[]}");
  }

  @Test
  void unknownKeyIsNamed() throws Exception {
    PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId("gateway-" + UUID.randomUUID());
    assertRefused(token(key, 0), "issuer gateway: unknown key " + key.getKeyId());
  }

  @Test
  void otherKeyOfTheSameNameIsNamed() throws Exception {
    PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(gatewayKey().getKeyId());
    assertRefused(token(key, 0), "issuer gateway: wrong signature");
  }

  @Test
  void slowClockIsNamed() throws Exception {
    assertRefused(token(gatewayKey(), -120), "issuer gateway: token expired");
  }

  @Test
  void fastClockIsNamed() throws Exception {
    assertRefused(
        token(gatewayKey(), 120), "issuer gateway: token valid for too long, or its clock is fast");
  }

  @ParameterizedTest
  @ValueSource(ints = {-80, -25, 25})
  void smallDifferenceOfTheClocksIsTolerated(int seconds) throws Exception {
    given().auth().oauth2(token(gatewayKey(), seconds)).put(path).then().statusCode(204);
  }

  @Test
  void callWithoutATokenGetsNoReason() {
    given().get(path).then().statusCode(401).header("WWW-Authenticate", nullValue());
    assertThat(log.warnings("internal_token_refused")).isEmpty();
  }

  @Test
  void serviceThatRefusesOurTokenIsUnavailable() {
    StubDirectory.answers(401, "{}");
    for (int i = 0; i < 5; i++) {
      given()
          .auth()
          .oauth2(SampleStores.token())
          .get("/samples/people/" + UUID.randomUUID())
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("detail", equalTo("presence-service does not answer"));
    }
    assertThat(log.warnings("dependency_unavailable dependency=presence-service"))
        .hasSizeLessThanOrEqualTo(1);
  }

  private void assertRefused(String token, String reason) {
    for (int i = 0; i < 3; i++) {
      given()
          .auth()
          .oauth2(token)
          .get(path)
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", containsString(reason));
    }
    assertThat(log.warnings("internal_token_refused"))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).contains(reason));
  }

  private static PublicJsonWebKey gatewayKey() throws IOException, JoseException {
    return PublicJsonWebKey.Factory.newPublicJwk(Files.readString(SampleStores.keyFile("gateway")));
  }

  /// A token that the gateway would sign now, if its clock differed.
  private static String token(PublicJsonWebKey key, int secondsAhead) throws JoseException {
    NumericDate now = NumericDate.now();
    now.addSeconds(secondsAhead);
    NumericDate end = NumericDate.fromSeconds(now.getValue() + 60);
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("gateway");
    claims.setAudience(SampleStores.PART);
    claims.setIssuedAt(now);
    claims.setExpirationTime(end);
    claims.setSubject("alice");
    claims.setStringClaim("tenant", "acme");
    claims.setStringClaim("caller", "person");
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setKey((PrivateKey) key.getPrivateKey());
    jws.setKeyIdHeaderValue(key.getKeyId());
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    return jws.getCompactSerialization();
  }
}
