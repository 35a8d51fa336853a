package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A window that shows one person, while the browser's session or the host application's token
/// becomes that of another person.
@ExtendWith(RunningBrowser.class)
class OtherPersonST {

  private static final String API = "**/api/chat/**";

  private final Suite suite;
  private final Browsers browsers;

  OtherPersonST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void aWindowThatSleptWhileAnotherPersonSignedInStartsAnewForThem() {
    Desk alice = browsers.signIn(Look.DESKTOP, "acme", "alice").open("Carol Clark");
    // back online, a request may be refused with the other person's cookie before the socket is
    alice.expect("ERR_INTERNET_DISCONNECTED").expect("WebSocket connection to").expect("401");
    CDPSession network = alice.page().context().newCDPSession(alice.page());
    offline(network, true);
    alice.standing("offline");
    alice.write("queued by Alice");
    assertThat(alice.part("message-pending")).containsText("queued by Alice");
    alice.input().fill("a draft of Alice");

    Page other = alice.anotherTab();
    other.locator("tenant-chat [part=tab]").first().waitFor();
    other.evaluate("() => void document.querySelector('tenant-chat').signOut()");
    other.locator("#organisation").waitFor();
    signIn(other, "acme", "bob");

    offline(network, false);
    startsAnewAs(alice, "Bob Brown");
    assertThat(alice.chat()).not().containsText("queued by Alice");
    alice.open("Carol Clark");
    assertThat(alice.input()).hasValue("");
    alice.write("written by Bob");
    assertThat(alice.sent().message("written by Bob")).isVisible();
    assertThat(saidTo("carol", "Bob Brown")).contains("written by Bob");
    assertThat(saidTo("carol", "Bob Brown")).doesNotContain("queued by Alice", "a draft of Alice");
    // her other tab may have sent her queued message before she signed out, but never her draft
    assertThat(saidTo("carol", "Alice Adams")).doesNotContain("a draft of Alice");
  }

  @Test
  void anotherOrganisationInAnotherTabIsAnotherPersonToo() {
    Desk alice = browsers.signIn(Look.DESKTOP, "acme", "alice").open("Bob Brown");
    // back online, a request may be refused with the other person's cookie before the socket is
    alice.expect("ERR_INTERNET_DISCONNECTED").expect("WebSocket connection to").expect("401");
    CDPSession network = alice.page().context().newCDPSession(alice.page());
    offline(network, true);
    alice.standing("offline");
    Page other = alice.page().context().newPage();
    alice.page().context().clearCookies();
    signIn(other, "globex", "dave");
    offline(network, false);
    startsAnewAs(alice, "Dave");
    alice.tab("people").click();
    assertThat(alice.person("Frank")).isVisible();
    assertThat(alice.person("Bob Brown")).hasCount(0);
  }

  @Test
  void aRequestWithTheCookieOfAnotherPersonIsRefusedAndTheWindowStartsAnew() {
    Desk alice = browsers.signIn(Look.DESKTOP, "acme", "alice").open("Bob Brown").expect("401");
    // a request that the window still makes on its own would start it anew before she writes
    List<Route> held = new ArrayList<>();
    alice.page().route(API, held::add);
    Page other = alice.page().context().newPage();
    alice.page().context().clearCookies();
    signIn(other, "acme", "bob");

    alice.write("still Alice, by her own socket");
    assertThat(alice.sent().message("still Alice, by her own socket").last()).isVisible();
    alice.page().unroute(API);
    if (held.isEmpty()) {
      alice.choose("mute");
    } else {
      held.forEach(Route::resume);
    }
    startsAnewAs(alice, "Bob Brown");
    assertThat(saidTo("bob", "Alice Adams")).contains("still Alice, by her own socket");
    JsonNode bobs = suite.demo("acme", "bob").get("conversations/?archived=all").expect(200);
    assertThat(bobs).noneMatch(conversation -> conversation.path("is_muted").asBoolean());
  }

  @Test
  void aTokenOfAnotherPersonStartsAnewForThem() {
    Tenant tenant = suite.newTenant();
    ChatUser bert = tenant.people("ada", "bert").getLast();
    suite.host().tokensLast(tenant.name(), "ada", 8);
    Desk ada = browsers.host(Look.DESKTOP, tenant.name(), "ada").expect("401");
    ada.page().evaluate("id => document.querySelector('tenant-chat').startWith(id)", bert.id());
    ada.standing("live");
    ada.input().fill("a draft of Ada");
    ada.page()
        .evaluate(
            """
            user => {
              const address = '/chat-token' + location.search.replace('ada', user);
              document.querySelector('tenant-chat').getToken = async () => (await fetch(address)).text();
            }
            """,
            "bert");
    startsAnewAs(ada, "Bert");
    ada.open("Ada");
    assertThat(ada.input()).hasValue("");
    assertThat(
            ada.page()
                .evaluate(
                    "() => heard.filter(({ name }) => name === 'ready').map(({ detail }) => detail.user.name)"))
        .isEqualTo(List.of("Ada", "Bert"));
  }

  private static void startsAnewAs(Desk desk, String name) {
    assertThat(desk.part("me")).containsText(name);
    desk.standing("live");
    assertThat(desk.input()).hasCount(0);
  }

  private static void offline(CDPSession network, boolean offline) {
    JsonObject conditions = new JsonObject();
    conditions.addProperty("offline", offline);
    conditions.addProperty("latency", 0);
    conditions.addProperty("downloadThroughput", -1);
    conditions.addProperty("uploadThroughput", -1);
    network.send("Network.enable");
    network.send("Network.emulateNetworkConditions", conditions);
  }

  private void signIn(Page page, String organisation, String userName) {
    page.navigate(suite.baseUrl().toString());
    page.locator("#organisation").fill(organisation);
    page.keyboard().press("Enter");
    page.locator("#username").fill(userName);
    page.locator("#password").fill(DemoTenant.PASSWORD);
    page.locator("#kc-login").click();
    page.waitForURL(suite.baseUrl() + "/chat");
  }

  /// What was said in the 1-to-1 conversation of two people of the tenant acme.
  private List<String> saidTo(String userName, String title) {
    ChatUser person = suite.demo("acme", userName);
    for (JsonNode conversation : person.get("conversations/?archived=all").expect(200)) {
      if (!conversation.path("is_group").asBoolean()
          && conversation.path("title").asText().equals(title)) {
        String path = "conversations/" + conversation.path("id").asText() + "/messages/";
        return Json.texts(person.get(path).expect(200), "content");
      }
    }
    return List.of();
  }
}
