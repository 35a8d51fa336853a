package com.secureapprove.chat.gateway;

import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import io.restassured.config.RedirectConfig;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;

/// What tests of the running gateway have in common.
@QuarkusTestResource(RealBacking.class)
public abstract class GatewayTest {
  protected final StandIns services = StandIns.running();

  @BeforeEach
  void forget() {
    services.reset();
  }

  /// A call with a person's own access token.
  protected static RequestSpecification as(String tenant, String userName) {
    return withToken(Client.token(tenant, userName));
  }

  protected static RequestSpecification withToken(String token) {
    return anonymous().header("Authorization", "Bearer " + token);
  }

  /// A call without credentials that does not follow redirects.
  protected static RequestSpecification anonymous() {
    return RestAssured.given()
        .urlEncodingEnabled(false)
        .config(
            RestAssured.config().redirect(RedirectConfig.redirectConfig().followRedirects(false)));
  }
}
