package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.FilePayload;
import com.secureapprove.chat.systemtests.suite.Person;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A client of the chat that this suite replaces, on the gateway's page in place of the web client.
/// It uses only what that chat offered.
@ExtendWith(RunningBrowser.class)
class OriginalClientST {
  private static final int TOO_LARGE = 25 << 20;
  private static final String SCRIPT = script();

  private final Suite suite;
  private final Browsers browsers;

  OriginalClientST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void talksWithTicksTypingAndFiles() throws IOException {
    Page alice = client("alice").page();
    Page bob = client("bob").page();
    assertThat(alice.locator("#state")).hasText("Connected to chat as Alice Adams");
    String word = word();
    open(alice, "Bob Brown");
    send(alice, word + " one");
    assertThat(message(alice, word + " one")).hasAttribute("data-status", "delivered");
    assertThat(bob.locator("#conversations li", hasText(word + " one"))).isVisible();
    open(bob, "Alice Adams");
    assertThat(message(bob, word + " one")).hasText("Alice Adams: " + word + " one");
    assertThat(message(alice, word + " one")).hasAttribute("data-status", "read");

    bob.locator("#composer textarea").pressSequentially("a");
    assertThat(alice.locator("#typing")).hasText("Bob Brown is typing");

    bob.locator("#composer input")
        .setInputFiles(new FilePayload[] {Files.text("minutes.txt", "All agreed.\n")});
    send(bob, word + " with a file");
    Locator file = message(alice, word + " with a file").locator("a");
    assertThat(file).hasText("minutes.txt");
    Download minutes = alice.waitForDownload(file::click);
    assertThat(minutes.path()).hasContent("All agreed.\n");
    alice.reload();
    open(alice, "Bob Brown");
    assertThat(message(alice, word + " with a file").locator("a")).hasText("minutes.txt");
  }

  @Test
  void whatTodaysRulesRefuseIsShownAsASentence() {
    Desk desk = client("alice").expect("413").expect("415").expect("400");
    Page alice = desk.page();
    open(alice, "Bob Brown");
    for (FilePayload file :
        List.of(
            new FilePayload("film.txt", "text/plain", new byte[TOO_LARGE]),
            Files.of("page.html", "text/html", "<!doctype html><script>alert(1)</script>"))) {
      alice.locator("#composer input").setInputFiles(file);
      alice.locator("#composer button").click();
      assertThat(alice.locator("#error")).hasText(Pattern.compile("\\w+ \\w+"));
      alice.locator("#composer input").setInputFiles(new FilePayload[0]);
      send(alice, "the next one goes through " + word());
      assertThat(alice.locator("#error")).isEmpty();
    }
    send(alice, "");
    assertThat(alice.locator("#error")).hasText(Pattern.compile("empty"));
  }

  @Test
  void showsEverythingOfALongConversation() {
    Person alice = suite.demo("acme", "alice");
    Person carol = suite.demo("acme", "carol");
    String group =
        alice
            .post(
                "conversations/start_group/",
                Map.of("participant_ids", List.of(carol.id()), "title", "Long " + word()))
            .expect(201)
            .path("id")
            .asText();
    new Tenant(suite, "acme").fill(group, carol, Collections.nCopies(300, "again"));
    Page page = client("alice").page();
    page.locator("#conversations [data-id='%s']".formatted(group)).click();
    assertThat(page.locator("#messages li")).hasCount(300);
  }

  @Test
  void makesGroupsAndTakesTheirTitleAway() {
    Page alice = client("alice").page();
    String title = "Team " + word();
    alice.locator("#group input").fill(title);
    alice.locator("#group button").click();
    assertThat(alice.locator("#title")).hasText(title);
    assertThat(alice.locator("#participants")).containsText("Bob Brown");
    alice.locator("#rename button").click();
    assertThat(alice.locator("#title")).containsText("Bob Brown");
  }

  @Test
  void pollsWhereSocketsAreBlockedAndShowsNothingTwice() {
    Desk desk = browsers.at(Look.DESKTOP, "acme", "bob");
    desk.page().routeWebSocket("**/ws/chat/**", WebSocketRoute::close);
    Page bob = show(desk).page();
    assertThat(bob.locator("#state")).hasText("polling");
    open(bob, "Alice Adams");
    String word = word();
    Person alice = suite.demo("acme", "alice");
    String conversation = alice.startWith(suite.demo("acme", "bob"));
    alice.say(conversation, word + " first");
    alice.say(conversation, word + " second");
    assertThat(message(bob, word)).hasCount(2);
    send(bob, word + " third");
    assertThat(message(bob, word))
        .hasText(
            new String[] {
              "Alice Adams: " + word + " first",
              "Alice Adams: " + word + " second",
              "Bob Brown: " + word + " third"
            });
  }

  @Test
  void showsNotificationsFromTheTopLevelOfTheFrame() {
    Page alice = client("alice").page();
    assertThat(alice.locator("#state")).hasText("Connected to chat as Alice Adams");
    Person publisher = Person.withToken(suite, suite.stack().keycloak().publisherToken("acme"));
    String id = suite.demo("acme", "alice").id();
    publisher
        .post(
            "notifications/",
            Map.of(
                "user_ids",
                List.of(id),
                "type",
                "notification_approval_status",
                "data",
                Map.of("title", "Invoice 7", "status", "approved", "request_id", 7)))
        .expect(202);
    assertThat(alice.locator("#notifications li"))
        .hasText("Invoice 7: your request is now approved");
    assertThat(alice.locator("#notifications li")).hasAttribute("data-request", "7");
  }

  /// A browser in which the person is signed in and the original client is open.
  private Desk client(String userName) {
    return show(browsers.at(Look.DESKTOP, "acme", userName));
  }

  private Desk show(Desk desk) {
    desk.page()
        .route(
            "**/tenant_chat.js",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("text/javascript; charset=utf-8")
                        .setBody(SCRIPT)));
    desk.page().navigate(suite.baseUrl() + "/chat");
    assertThat(desk.page().locator("#people li").first()).isVisible();
    return desk;
  }

  private static void open(Page page, String name) {
    page.locator("#people li", hasText(name)).click();
    assertThat(page.locator("#title")).hasText(name);
  }

  private static void send(Page page, String text) {
    page.locator("#composer textarea").fill(text);
    page.locator("#composer button").click();
    if (!text.isEmpty()) {
      assertThat(message(page, text).last()).isVisible();
    }
  }

  private static Locator message(Page page, String text) {
    return page.locator("#messages li", hasText(text));
  }

  private static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static String word() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  private static String script() {
    try (InputStream file = OriginalClientST.class.getResourceAsStream("original-client.js")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
