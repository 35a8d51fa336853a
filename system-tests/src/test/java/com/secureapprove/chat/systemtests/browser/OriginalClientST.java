package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A client that uses only what the chat offered that this suite replaces.
@ExtendWith(RunningBrowser.class)
class OriginalClientST {
  private static final int TOO_LARGE = 25 << 20;

  /// The client shows all messages of a conversation, up to this number.
  private static final int ALL = 1_000;

  private final Suite suite;
  private final Browsers browsers;
  private final Tenant tenant;
  private final Map<String, ChatUser> people = new HashMap<>();

  OriginalClientST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
    this.tenant = suite.newTenant();
    List.of("alice", "bob", "carol").forEach(name -> people.put(name, tenant.person(name)));
  }

  @Test
  void talksWithTicksTypingAndFiles(@TempDir Path directory) throws IOException {
    Page alice = client("alice").page();
    Page bob = client("bob").page();
    assertThat(alice.locator("#state")).hasText("Connected to chat as Alice");
    String word = word();
    open(alice, "Bob");
    send(alice, word + " one");
    assertThat(message(alice, word + " one")).hasAttribute("data-status", "delivered");
    assertThat(bob.locator("#conversations li", hasText(word + " one"))).isVisible();
    open(bob, "Alice");
    assertThat(message(bob, word + " one")).hasText("Alice: " + word + " one");
    assertThat(message(alice, word + " one")).hasAttribute("data-status", "read");

    bob.locator("#composer textarea").pressSequentially("a call for each key that is pressed");
    assertThat(alice.locator("#typing")).hasText("Bob is typing");

    bob.locator("#composer input")
        .setInputFiles(Files.writeString(directory.resolve("minutes.txt"), "All agreed.\n"));
    send(bob, word + " with a file");
    Locator file = message(alice, word + " with a file").locator("a");
    assertThat(file).hasText("minutes.txt");
    Download minutes = alice.waitForDownload(file::click);
    assertThat(minutes.path()).hasContent("All agreed.\n");
    alice.reload();
    open(alice, "Bob");
    assertThat(message(alice, word + " with a file").locator("a")).hasText("minutes.txt");
  }

  @Test
  void whatTodaysRulesRefuseIsShownAsASentence(@TempDir Path directory) throws IOException {
    Path film = Files.write(directory.resolve("film.mp4"), new byte[TOO_LARGE]);
    Path page = Files.writeString(directory.resolve("page.html"), "<!doctype html><p>Hello");
    Desk desk = client("alice").expect("413").expect("415").expect("400");
    Page alice = desk.page();
    open(alice, "Bob");
    for (Path file : List.of(film, page)) {
      alice.locator("#composer input").setInputFiles(file);
      alice.locator("#composer button").click();
      // 25 MB are sent before the answer
      assertThat(alice.locator("#error"))
          .hasText(
              Pattern.compile("\\w+ \\w+"),
              new LocatorAssertions.HasTextOptions().setTimeout(60_000));
      alice.locator("#composer input").setInputFiles(new Path[0]);
      send(alice, "the next one goes through " + word());
      assertThat(alice.locator("#error")).isEmpty();
    }
    send(alice, "");
    assertThat(alice.locator("#error")).hasText(Pattern.compile("empty"));
  }

  @Test
  void showsEverythingOfALongConversation() {
    ChatUser alice = people.get("alice");
    ChatUser carol = people.get("carol");
    String group =
        alice
            .post(
                "conversations/start_group/",
                Map.of("participant_ids", List.of(carol.id()), "title", "Long " + word()))
            .expect(201)
            .path("id")
            .asText();
    tenant.fill(group, carol, Collections.nCopies(ALL, "again"));
    Page page = client("alice").page();
    page.locator("#conversations [data-id='%s']".formatted(group)).click();
    assertThat(page.locator("#messages li")).hasCount(ALL);
  }

  @Test
  void makesGroupsAndTakesTheirTitleAway() {
    Page alice = client("alice").page();
    String title = "Team " + word();
    alice.locator("#group input").fill(title);
    alice.locator("#group button").click();
    assertThat(alice.locator("#title")).hasText(title);
    assertThat(alice.locator("#participants")).containsText("Bob");
    alice.locator("#rename button").click();
    assertThat(alice.locator("#title")).containsText("Bob");
  }

  @Test
  void pollsWhereSocketsAreBlockedAndShowsNothingTwice() {
    Desk desk = browsers.desk(Look.DESKTOP);
    desk.page().routeWebSocket("**/ws/chat/**", WebSocketRoute::close);
    Page bob = signIn(desk, "bob").page();
    assertThat(bob.locator("#state")).hasText("polling");
    open(bob, "Alice");
    String word = word();
    ChatUser alice = people.get("alice");
    String conversation = alice.startWith(people.get("bob"));
    alice.say(conversation, word + " first");
    alice.say(conversation, word + " second");
    assertThat(message(bob, word)).hasCount(2);
    send(bob, word + " third");
    assertThat(message(bob, word))
        .hasText(
            new String[] {
              "Alice: " + word + " first", "Alice: " + word + " second", "Bob: " + word + " third"
            });
  }

  @Test
  void showsNotificationsFromTheTopLevelOfTheFrame() {
    Page alice = client("alice").page();
    assertThat(alice.locator("#state")).hasText("Connected to chat as Alice");
    ChatUser publisher =
        ChatUser.withToken(suite, suite.issuer().publisherToken(tenant.name(), "host"));
    String id = people.get("alice").id();
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

  /// The other calls of the original contract, with the members that it names.
  @Test
  void changesConversations() {
    Page alice = client("alice").page();
    String bob = people.get("bob").id();
    String carol = people.get("carol").id();
    JsonNode group =
        call(
            alice,
            "POST",
            "conversations/start_group/",
            Map.of("participant_ids", List.of(bob), "title", ""));
    assertThat(group.path("title").asText()).isEqualTo("Bob");
    assertThat(group.properties().stream().map(Map.Entry::getKey))
        .contains(
            "id", "title", "is_group", "created_at", "updated_at", "last_message", "unread_count");
    assertThat(Json.texts(group.path("participants"), "name")).contains("Alice", "Bob");
    String path = "conversations/" + group.path("id").asText() + "/";
    JsonNode added =
        call(alice, "POST", path + "add_participants/", Map.of("participant_ids", List.of(carol)));
    assertThat(Json.texts(added.path("added_participants"), "id")).containsExactly(carol);
    assertThat(added.path("conversation").path("participants")).hasSize(3);
    JsonNode removed =
        call(alice, "POST", path + "remove_participant/", Map.of("participant_id", bob));
    assertThat(removed.path("removed_participant").path("id").asText()).isEqualTo(bob);
    assertThat(removed.path("conversation").path("participants")).hasSize(2);
    for (String change : List.of("archive", "unarchive", "mute", "unmute")) {
      JsonNode changed = call(alice, "PATCH", path + change + "/", Map.of());
      assertThat(changed.path("status").asText()).isEqualTo(change + "d");
    }
    JsonNode read = call(alice, "POST", path + "mark_read/", Map.of());
    assertThat(read.path("status").asText()).isEqualTo("ok");
    assertThat(read.path("marked_read").asInt()).isZero();
    call(alice, "POST", path + "remove_participant/", Map.of("participant_id", carol));
    JsonNode last =
        call(
            alice,
            "POST",
            path + "remove_participant/",
            Map.of("participant_id", people.get("alice").id()));
    assertThat(last.path("status").asText()).isEqualTo("conversation_deleted");
  }

  /// Calls the API with the session of the page.
  private static JsonNode call(Page page, String method, String path, Object body) {
    return Json.read(
        (String)
            page.evaluate(
                "async ([method, path, body]) => JSON.stringify(await call(method, path, JSON.parse(body)))",
                List.of(method, path, Json.of(body))));
  }

  /// A browser in which the person is signed in and the original client is open.
  private Desk client(String userName) {
    return signIn(browsers.desk(Look.DESKTOP), userName);
  }

  private Desk signIn(Desk desk, String userName) {
    return OriginalClient.signIn(suite, desk, tenant, userName);
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
}
