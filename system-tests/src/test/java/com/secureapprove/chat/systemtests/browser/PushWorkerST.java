package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.push.BrowserSubscription;
import com.secureapprove.chat.testsupport.push.PushStub;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The service worker of Web Push in a real browser. Only the push service of the browser's vendor
/// is replaced, and the desktop that shows notifications is missing.
@ExtendWith(RunningBrowser.class)
class PushWorkerST {
  private final Suite suite;
  private final Browsers browsers;
  private final Tenant tenant;
  private final ChatUser alice;
  private final ChatUser bob;
  private final String conversation;
  private PushStub push;
  private BrowserSubscription browser;

  PushWorkerST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
    this.tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob", "carol");
    this.alice = people.getFirst();
    this.bob = people.get(1);
    this.conversation = alice.startWith(bob);
  }

  @BeforeEach
  void start() {
    suite.stack().start(Component.NOTIFICATION);
    push = PushStub.start(bob.get("me/").expect(200).path("push_public_key").asText());
    browser = push.subscribe();
  }

  @AfterEach
  void stop() {
    push.close();
    suite.stack().stop(Component.NOTIFICATION);
  }

  @Test
  void theWorkerOfTheGatewayShowsMessagesUntilTheSessionEndsAndAClickOpensTheirConversation() {
    String origin = suite.baseUrl().toString();
    Desk desk = browsers.desk(Look.DESKTOP);
    Page page = desk.page();
    desk.page().addInitScript(PushWorker.subscribingTo(browser));
    suite.issuer().signsIn(tenant.name(), "bob", _ -> {}, _ -> {});
    desk.enter(origin + "/t/tests/");
    turnOnNotifications(desk, "/chat");
    PushWorker worker = new PushWorker(page, origin + "/tenant_chat_worker/");

    page.navigate(origin + "/t/nobody/"); // a page of the origin without the chat
    List<String> messages = whileBobIsAway("Lunch at noon?");
    worker.deliver(messages.getFirst());
    Map<String, String> notification = worker.shown(1).getFirst();
    assertThat(notification)
        .containsEntry("title", "New message")
        .containsEntry("body", "")
        .containsEntry("lang", "en")
        .containsEntry("conversation", conversation)
        .containsEntry("page", "/chat");

    worker.deliver(messages.getFirst()); // the installation may send a message twice
    JsonNode later = alice.say(conversation, "Or at one?");
    worker.deliver(
        messages.getFirst().replace(notification.get("message"), later.path("id").asText()));
    page.waitForCondition(
        () -> worker.shown().getFirst().get("message").equals(later.path("id").asText()));
    assertThat(worker.shown()).hasSize(1);
    worker.deliver("no JSON");
    assertThat(worker.shown()).hasSize(1);

    // the address that a click opens where no page is open
    page.navigate(origin + "/chat#tenant_chat=" + conversation);
    assertThat(desk.message("Or at one?")).isVisible();
    assertThat(page).hasURL(origin + "/chat");
    assertThat(worker.shown(0)).as("what was read needs no notification").isEmpty();

    desk.open("Carol");
    assertThat(desk.message("Or at one?")).hasCount(0);
    worker.deliver(messages.getFirst());
    worker.shown(1);
    assertThat(worker.click()).isEqualTo("InvalidAccessError");
    assertThat(desk.message("Or at one?")).isVisible();
    assertThat(worker.shown(0)).isEmpty();
    desk.picture("push-worker");

    page.evaluate("() => void document.querySelector('tenant-chat').signOut()");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> bob.get("push_subscriptions/").expect(200).isEmpty());
  }

  @Test
  void theWorkerOfAHostApplicationShowsAMessageAndItsPageOpensTheConversation() {
    String address = suite.host().pageOf(tenant.name(), "bob");
    String origin = URI.create(address).resolve("/").toString().replaceAll("/$", "");
    Desk desk = browsers.desk(Look.DESKTOP);
    desk.page().addInitScript(PushWorker.subscribingTo(browser));
    desk.page().navigate(address);
    desk.part("bar").click();
    desk.standing("live");
    turnOnNotifications(desk, "/");
    PushWorker worker = new PushWorker(desk.page(), origin + "/chat-worker/");
    desk.tab("people").click();

    worker.deliver(whileBobIsAway("Are the orders in?").getFirst());
    assertThat(worker.shown(1).getFirst())
        .containsEntry("title", "New message")
        .containsEntry("page", "/");
    assertThat(worker.click()).isEqualTo("InvalidAccessError");
    assertThat(desk.message("Are the orders in?").first()).isVisible();
  }

  /// Selects the setting of the chat and allows what the browser then asks. Waits until the gateway
  /// knows the subscription.
  private void turnOnNotifications(Desk desk, String ofPage) {
    desk.chat().locator("[part=header] [part=menu-button]").click();
    desk.choice("notifications").waitFor();
    desk.page().context().grantPermissions(List.of("notifications"));
    desk.choice("notifications").click();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> bob.get("push_subscriptions/").expect(200).size() == 1);
    JsonNode subscription = bob.get("push_subscriptions/").expect(200).path(0);
    assertThat(subscription.path("page").asText()).isEqualTo(ofPage);
    assertThat(subscription.path("language").asText()).isEqualTo("en");
  }

  /// Says something until a message for Bob's browser has come to the push service. Returns all
  /// that have come, decrypted.
  private List<String> whileBobIsAway(String text) {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          tenant.wasActiveLongAgo(bob);
          alice.say(conversation, text);
          return !push.texts(browser).isEmpty();
        });
    List<String> texts = push.texts(browser);
    assertThat(Json.read(texts.getFirst()).path("conversation").asText()).isEqualTo(conversation);
    return texts;
  }
}
