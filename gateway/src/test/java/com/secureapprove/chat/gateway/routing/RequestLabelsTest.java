package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// Clients cannot make label values of the meter of requests.
@QuarkusTest
class RequestLabelsTest extends GatewayTest {
  private static final int PATHS = 130;
  private static final Pattern URI = Pattern.compile("uri=\"([^\"]*)\"");
  private static final Pattern METHOD = Pattern.compile("method=\"([^\"]*)\"");

  @Test
  void requestsAreMeasuredAfterHundredsOfUnknownPaths() {
    for (int i = 0; i < PATHS; i++) {
      anonymous().get("/x" + i + "/%2e%2e");
      anonymous().get("/unknown" + i);
      anonymous().get("//x" + i + "//");
      anonymous().get("/t/tenant" + i + "/");
      anonymous().get("/pages/file" + i);
      anonymous().get("/sign-in/tenant" + i);
      anonymous().get("/api/unknown" + i);
      anonymous().get("/api/chat/conversations/" + UUID.randomUUID() + "/messages/");
      anonymous().get("/scim/v2/Users/" + i);
      anonymous().get("/scim/v2/Other" + i);
      anonymous().get("/ws/chat/" + i);
      anonymous().request("METHOD" + i, "/");
    }
    as("acme", "alice").get("/api/chat/conversations/unread/").then().statusCode(200);
    await()
        .untilAsserted(() ->
            assertThat(values(URI))
                .contains(
                    "/other",
                    "/t/{tenant}",
                    "/api/chat/conversations/unread",
                    "/api/chat/conversations/{id}/messages",
                    "/scim/v2/Users/{id}")
                .hasSizeLessThan(40));
    assertThat(values(METHOD)).contains("GET", "OTHER").hasSizeLessThan(9);
  }

  private static Set<String> values(Pattern label) {
    String port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", String.class);
    return anonymous()
        .get("http://localhost:" + port + "/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
        .flatMap(line -> label.matcher(line).results())
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toSet());
  }
}
