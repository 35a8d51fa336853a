package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A stand-in for the client of the chat that this suite replaces, on the gateway's page in place
/// of the web client.
final class OriginalClient {
  private static final String SCRIPT = script();

  private OriginalClient() {}

  /// Signs a person in and opens the client.
  static Desk signIn(Suite suite, Desk desk, Tenant tenant, String userName) {
    desk.page()
        .route(
            "**/tenant_chat.js",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("text/javascript; charset=utf-8")
                        .setBody(SCRIPT)));
    suite.issuer().signsIn(tenant.name(), userName, _ -> {}, _ -> {});
    desk.page().navigate(suite.baseUrl() + "/t/tests/");
    assertThat(desk.page().locator("#people li").first()).isVisible();
    return desk;
  }

  private static String script() {
    try (InputStream file = OriginalClient.class.getResourceAsStream("original-client.js")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
