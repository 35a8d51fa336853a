package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningBrowser.class)
class ConnectionST {

  private static final String SOCKET = "**/ws/chat/**";
  private static final List<String> QUEUE =
      List.of("first of three", "second of three", "third of three");

  private final Suite suite;
  private final Browsers browsers;

  ConnectionST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void aGatewayThatWasKilledIsFoundAgainAndTheQueueGoesOnceAndInOrder() {
    Desk alice = browsers.at(Look.DESKTOP, "acme", "alice").open("Bob Brown");
    Desk bob = browsers.at(Look.PHONE, "acme", "bob").open("Alice Adams");
    alice.write("before the gateway went");
    assertThat(bob.message("before the gateway went")).isVisible();
    for (Desk desk : List.of(alice, bob)) {
      desk.expect("WebSocket connection to")
          .expect("ERR_CONNECTION_REFUSED")
          .expect("ERR_CONNECTION_RESET")
          .expect("ERR_EMPTY_RESPONSE")
          .expect("503");
    }

    suite.stack().kill(Component.GATEWAY);
    alice.standing("reconnecting");
    QUEUE.forEach(alice::write);
    assertThat(alice.part("message-pending")).hasCount(QUEUE.size());
    alice.picture("connection-lost-desktop");
    bob.picture("connection-lost-phone");
    suite.stack().start(Component.GATEWAY);
    reconnect(alice);
    reconnect(bob);
    assertThat(alice.part("message-pending")).hasCount(0);
    assertThat(bob.message("of three")).hasText(pattern(QUEUE));
    assertThat(alice.message("of three")).hasText(pattern(QUEUE));
    bob.write("All three are here.");
    assertThat(alice.message("All three are here.")).isVisible();

    ChatUser person = suite.demo("acme", "alice");
    JsonNode talk = person.get("conversations/").expect(200).path(0);
    JsonNode said =
        person.get("conversations/" + talk.path("id").asText() + "/messages/").expect(200);
    assertThat(Json.texts(said, "content").stream().filter(text -> text.endsWith("of three")))
        .containsExactlyElementsOf(QUEUE);
  }

  @Test
  void whereSocketsAreBlockedItPollsAndSaysSoAndIsLiveWhenTheyAreFree() {
    String tenant = two("jana", "kurt");
    Desk jana = browsers.whole(Look.DESKTOP, tenant, "jana").open("Kurt");
    Desk kurt = browsers.whole(Look.DESKTOP, tenant, "kurt");
    AtomicBoolean blocked = new AtomicBoolean(true);
    kurt.page()
        .routeWebSocket(
            SOCKET,
            socket -> {
              if (blocked.get()) {
                socket.close();
              } else {
                socket.connectToServer();
              }
            });
    kurt.page().reload();
    kurt.standing("limited").openChat("Jana");
    assertThat(kurt.part("standing")).containsText("Limited connection");
    kurt.picture("connection-limited");
    jana.write("Can you hear me?");
    assertThat(kurt.message("Can you hear me?")).isVisible();
    kurt.write("Slowly, yes.");
    assertThat(jana.message("Slowly, yes.")).isVisible();

    blocked.set(false);
    reconnect(kurt);
    jana.write("And now?");
    assertThat(kurt.message("And now?")).isVisible();
    assertThat(kurt.message("Slowly, yes.")).hasCount(1);
  }

  @Test
  void whatIsWrittenOfflineSurvivesTheTabAndIsSentByTheNextOne() {
    Desk carol = browsers.at(Look.DESKTOP, "acme", "carol").open("Alice Adams");
    Desk alice = browsers.at(Look.DESKTOP, "acme", "alice").open("Carol Clark");
    alice.expect("ERR_INTERNET_DISCONNECTED").page().context().setOffline(true);
    alice.standing("offline");
    alice.write("written in a tunnel");
    assertThat(alice.part("message-pending")).containsText("written in a tunnel");
    alice.page().close();
    alice.page().context().setOffline(false);
    alice.anotherTab();
    assertThat(carol.message("written in a tunnel")).hasCount(1);
  }

  @Test
  void whoWasAwayGetsExactlyWhatWasMissedWithoutLoadingAnything() {
    String tenant = two("lena", "mark");
    Desk lena = browsers.whole(Look.DESKTOP, tenant, "lena").open("Mark");
    Desk mark = browsers.whole(Look.DESKTOP, tenant, "mark").open("Lena");
    mark.write("Are you still there?");
    assertThat(lena.message("Are you still there?").last()).isVisible();
    lena.expect("ERR_INTERNET_DISCONNECTED").page().context().setOffline(true);
    lena.standing("offline");
    List<String> missed = List.of("missed: one", "missed: two", "missed: three");
    missed.forEach(mark::write);
    assertThat(mark.part("message-pending")).hasCount(0);

    List<String> loaded = new CopyOnWriteArrayList<>();
    lena.page()
        .onRequest(request -> {
          if (request.method().equals("GET") && request.url().contains("/conversations/")) {
            loaded.add(request.url());
          }
        });
    lena.page().context().setOffline(false);
    lena.standing("live");
    assertThat(lena.message("missed:")).hasText(pattern(missed));
    assertThat(loaded).isEmpty();
  }

  @Test
  void whoSignsOutIsOutInEveryTabAndNothingStaysBehind() {
    Desk frank = browsers.signIn(Look.DESKTOP, "globex", "frank").open("Dave");
    frank.input().fill("a draft");
    Page other = frank.anotherTab();
    assertThat(other.locator("[part=standing]")).hasAttribute("data-standing", "live");
    frank.chat().locator("[part=header] [part=menu-button]").click();
    frank.choice("sign-out").click();
    assertThat(frank.organisation()).isVisible();
    frank.picture("signed-out");
    assertThat(other.locator("tenant-chat")).containsText("You have been signed out.");
    other.screenshot(new Page.ScreenshotOptions().setPath(Desk.path("signed-out-elsewhere")));
    assertThat((Integer) frank.page().evaluate("() => localStorage.length")).isZero();

    frank.page().navigate(suite.baseUrl() + "/chat");
    assertThat(frank.organisation()).isVisible();
  }

  /// A tenant with these two people.
  private String two(String one, String other) {
    Tenant tenant = suite.newTenant();
    tenant.enter(List.of(one, other), true);
    return tenant.name();
  }

  /// Waits until the chat is live again. A focus event ends the pause between two attempts, but not
  /// an attempt that has begun.
  private static void reconnect(Desk desk) {
    desk.page()
        .waitForFunction(
            """
            () => {
              dispatchEvent(new Event('focus'));
              return document.querySelector('tenant-chat').shadowRoot.querySelector('[data-standing=live]') !== null;
            }
            """,
            null,
            new Page.WaitForFunctionOptions().setPollingInterval(500));
    desk.standing("live");
  }

  private static Pattern[] pattern(List<String> texts) {
    return texts.stream()
        .map(text -> Pattern.compile(".*" + text + ".*", Pattern.DOTALL))
        .toArray(Pattern[]::new);
  }
}
