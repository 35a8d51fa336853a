package com.secureapprove.chat.gateway;

import static org.awaitility.Awaitility.await;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import io.restassured.config.RedirectConfig;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/// The base of tests against the running gateway.
@QuarkusTestResource(RealBacking.class)
public abstract class GatewayTest {
  protected final UpstreamStubs services = UpstreamStubs.running();

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

  /// Makes Redis close all Pub/Sub connections, and returns when all subscriptions are active
  /// again.
  protected static void interruptSubscriptions(RedisDataSource redis) {
    long before = redis.execute("PUBSUB", "NUMPAT").toLong();
    redis.execute("CLIENT", "KILL", "TYPE", "pubsub");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> redis.execute("PUBSUB", "NUMPAT").toLong() >= before);
  }
}
