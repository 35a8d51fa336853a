package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.RealBacking;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The system tests call the paths with notification-service.
@QuarkusTest
class WebhookRoutesTest extends GatewayTest {

  @Test
  void withoutNotificationServiceThePathsAreUnknown() {
    as("acme", "alice")
        .get("/api/chat/webhooks/")
        .then()
        .statusCode(404)
        .body("detail", equalTo("Unknown path"));
    withToken(RealBacking.ACME_PROVISIONING).get("/api/chat/webhooks/").then().statusCode(401);
    as("acme", "alice")
        .get("/api/chat/push_subscriptions/")
        .then()
        .statusCode(404)
        .body("detail", equalTo("Unknown path"));
    as("acme", "alice").get("/api/chat/me/").then().body("push_public_key", equalTo(null));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/chat/webhooks, /api/chat/webhooks",
    "/api/chat/webhooks/, /api/chat/webhooks",
    "/api/chat/webhooks/0198c0de, /api/chat/webhooks/{id}",
    "/api/chat/webhooks/0198c0de/enable/, /api/chat/webhooks/{id}/enable",
    "/api/chat/webhooks/a/deliveries/b/resend, /api/chat/webhooks/{id}/deliveries/{delivery}/resend",
    "/api/chat/webhooks/a/deliveries/b, /other",
    "/api/chat/webhooks/a/b/c/d/e, /other",
    "/api/chat/webhookss, /other",
    "/api/chat/push_subscriptions/0198c0de/, /api/chat/push_subscriptions/{id}",
    "/api/chat/me/mail/, /api/chat/me/mail",
    "/api/chat/unsubscribe/eyJ.e30.sig, /api/chat/unsubscribe/{token}"
  })
  void pathsAreLabelledByTheirTemplate(String path, String label) {
    assertThat(RequestLabels.uri(path)).isEqualTo(label);
  }
}
