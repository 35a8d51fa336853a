package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningBrowser.class)
class TalkingST {

  /// If set, the test renews the screenshot of the README.
  private static final String PICTURE_FOR_README = "chat.readme-picture";

  private final Suite suite;
  private final Browsers browsers;

  TalkingST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void twoPeopleTalkAndSeeWhatHasArrivedAndWhatWasRead() {
    Desk alice = browsers.at(Look.DESKTOP, "acme", "alice");
    readAll(suite.demo("acme", "bob"));
    Desk bob = browsers.at(Look.DESKTOP, "acme", "bob");
    alice.open("Bob Brown");
    alice.write("Good morning Bob, have you seen the contract?");
    assertThat(status(alice, "the contract?")).hasAttribute("data-status", "delivered");
    assertThat(bob.conversation("Alice Adams").locator("[part=badge]")).containsText("1");

    bob.openChat("Alice Adams");
    assertThat(bob.message("the contract?")).isVisible();
    assertThat(status(alice, "the contract?")).hasAttribute("data-status", "read");
    assertThat(bob.part("new-line")).isVisible();

    bob.input().pressSequentially("Just now.");
    assertThat(alice.part("typing").first()).containsText("Bob Brown is typing…");
    bob.write("Just now. I will approve it before lunch 👍");
    assertThat(alice.message("before lunch")).isVisible();
    assertThat(alice.part("typing")).hasCount(0);
    alice.write("Wonderful, thank you!");
    assertThat(bob.message("Wonderful, thank you!")).isVisible();
    assertThat(bob.message("contract?")).hasCount(1);
    alice.tab("chats").click();
    assertThat(alice.conversation("Bob Brown")).containsText("Wonderful");
    if (Boolean.getBoolean(PICTURE_FOR_README)) {
      alice.picture(Checkout.current().root().resolve("docs/images/chat.png"));
    }

    alice.input().fill("not sent yet");
    alice.page().reload();
    alice.standing("live").openChat("Bob Brown");
    assertThat(alice.input()).hasValue("not sent yet");
    alice.input().fill("");
  }

  @Test
  void whoComesTurnsGreenAndNobodyOfAnotherTenantIsThere() {
    Tenant tenant = suite.newTenant();
    tenant.enter(List.of("greta", "hans", "ines"), true);
    Desk greta = browsers.host(Look.DESKTOP, tenant.name(), "greta");
    greta.part("bar").click();
    greta.standing("live").tab("people").click();
    assertThat(greta.part("person")).hasCount(2);
    assertThat(greta.chat()).not().containsText("Alice");
    assertThat(greta.chat()).not().containsText("Erin");
    assertThat(greta.person("Hans")).hasAttribute("data-online", "false");

    browsers.host(Look.PHONE, tenant.name(), "hans");
    assertThat(greta.person("Hans")).hasAttribute("data-online", "true");
    assertThat(greta.person("Hans")).containsText("Online");
    assertThat(greta.person("Ines")).hasAttribute("data-online", "false");
  }

  @Test
  void filesGoUpWithProgressAndComeDownAsTheyWere() throws IOException {
    Desk alice = browsers.at(Look.DESKTOP, "acme", "alice").open("Carol Clark");
    Desk carol = browsers.at(Look.DESKTOP, "acme", "carol").open("Alice Adams");
    List<Route> held = new ArrayList<>();
    String uploads = "**/api/chat/attachments/";
    alice.page().route(uploads, held::add);
    attach(alice, Files.text("minutes.txt", "All agreed.\n"));
    Locator upload = alice.part("upload");
    assertThat(upload).hasAttribute("data-upload", "uploading");
    assertThat(upload.locator("progress")).isVisible();
    assertThat(alice.part("send")).isDisabled();
    upload.locator("button").click();
    assertThat(upload).hasCount(0);

    attach(alice, Files.text("minutes.txt", "All agreed.\n"));
    assertThat(upload.locator("progress")).isVisible();
    alice.page().waitForCondition(() -> held.size() == 2);
    alice.expect("ERR_FAILED");
    held.getLast().abort();
    assertThat(upload).hasAttribute("data-upload", "failed");
    alice.page().unroute(uploads);
    upload.locator("button").first().click();
    assertThat(upload).hasAttribute("data-upload", "done");

    attach(alice, Files.of("logo.svg", "image/svg+xml", "<svg/>"));
    assertThat(upload.last()).hasAttribute("data-upload", "refused");
    alice.expect("415");
    attach(alice, Files.of("photo.png", "image/png", "<html>no picture at all</html>"));
    assertThat(upload.last()).hasAttribute("data-upload", "failed");
    upload.last().locator("button").last().click();
    upload.last().locator("button").last().click();
    assertThat(upload).hasCount(1);

    attach(alice, Files.picture("mountains.png"));
    assertThat(upload.last()).hasAttribute("data-upload", "done");
    alice.write("Here they are.");
    Locator picture = carol.part("picture").last();
    // an image without an address is complete too
    carol
        .page()
        .waitForCondition(
            () -> (Boolean) picture.locator("img").evaluate("image => image.naturalWidth > 0"));
    assertThat((Integer) picture.locator("img").evaluate("image => image.naturalWidth"))
        .isBetween(100, 899);
    picture.click();
    assertThat(carol.part("lightbox").locator("img")).isVisible();
    carol.page().keyboard().press("Escape");
    assertThat(carol.part("lightbox")).hasCount(0);
    Download minutes = carol.page().waitForDownload(() -> carol.part("file").last().click());
    assertThat(minutes.suggestedFilename()).isEqualTo("minutes.txt");
    assertThat(minutes.path()).hasContent("All agreed.\n");
  }

  @Test
  void aNotificationCallsToWhatIsNotInViewAndLeadsThere() {
    Desk alice = browsers.at(Look.DESKTOP, "acme", "alice").open("Bob Brown");
    readAll(suite.demo("acme", "bob"));
    Desk bob = browsers.at(Look.DESKTOP, "acme", "bob").open("Carol Clark");
    bob.page().addInitScript(NOTIFICATIONS);
    bob.page().reload();
    bob.standing("live").openChat("Carol Clark");
    assertThat(bob.page().evaluate("() => notified.asked")).isEqualTo(0);
    bob.chat().locator("[part=header] [part=menu-button]").click();
    bob.choice("notifications").click();
    bob.page().waitForFunction("() => notified.asked === 1");

    alice.write("Lunch at noon?");
    bob.page().waitForFunction("() => notified.shown.length === 1");
    assertThat(bob.page().evaluate("() => notified.shown[0].title + '|' + notified.shown[0].body"))
        .isEqualTo("Alice Adams|Lunch at noon?");
    assertThat(bob.page()).hasTitle(Pattern.compile("^\\(\\d+\\) "));
    bob.page().evaluate("() => notified.shown[0].onclick()");
    assertThat(bob.message("Lunch at noon?")).isVisible();
    assertThat(bob.page()).hasTitle(Pattern.compile("^[^(]"));

    alice.write("At one then.");
    assertThat(bob.message("At one then.")).isVisible();
    bob.openChat("Carol Clark");
    bob.openChat("Alice Adams").choose("mute");
    Locator muted = bob.conversation("Alice Adams").locator(".row-mark");
    assertThat(muted).isVisible();
    bob.openChat("Carol Clark");
    alice.write("Muted now?");
    assertThat(bob.conversation("Alice Adams")).containsText("Muted now?");
    assertThat(bob.page().evaluate("() => notified.shown.length")).isEqualTo(1);
    bob.openChat("Alice Adams").choose("mute");
    assertThat(muted).hasCount(0);
  }

  /// Replaces the browser's notifications, because there is no desktop to show them, and removes
  /// Web Push, which Chromium refuses in a private window with an error in the console.
  private static final String NOTIFICATIONS =
      """
      globalThis.notified = { asked: 0, shown: [] };
      delete globalThis.PushManager;
      globalThis.Notification = class {
        static permission = 'default';
        static async requestPermission() {
          notified.asked++;
          return (this.permission = 'granted');
        }
        constructor(title, { body }) {
          Object.assign(this, { title, body });
          notified.shown.push(this);
        }
        close() {}
      };
      """;

  private static void readAll(ChatUser person) {
    for (JsonNode talk : person.get("conversations/").expect(200)) {
      person
          .post("conversations/%s/mark_read/".formatted(talk.path("id").asText()), Map.of())
          .expect(200);
    }
  }

  private static Locator status(Desk desk, String message) {
    return desk.message(message).last().locator("[part=status]");
  }

  private static void attach(Desk desk, FilePayload file) {
    desk.part("attach").locator("input").setInputFiles(file);
  }
}
