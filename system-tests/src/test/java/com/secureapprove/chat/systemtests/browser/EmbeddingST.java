package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitUntilState;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The chat on a page of another origin, with a strict content policy and access tokens.
@ExtendWith(RunningBrowser.class)
class EmbeddingST {

  private final Suite suite;
  private final Browsers browsers;
  private final Tenant tenant;
  private final ChatUser bert;

  EmbeddingST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
    this.tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("ada", "bert");
    this.bert = people.getLast();
  }

  @Test
  void aPageOfAnotherOriginTalksAndShowsFilesByItsToken() throws Exception {
    Desk ada = browsers.host(Look.DESKTOP, tenant.name(), "ada");
    ada.page().evaluate("id => document.querySelector('tenant-chat').startWith(id)", bert.id());
    ada.standing("live");
    ada.input().waitFor();
    ada.part("attach")
        .locator("input")
        .setInputFiles(
            new FilePayload[] {
              Files.picture("mountains.png"), Files.text("minutes.txt", "All agreed.\n")
            });
    assertThat(ada.part("upload").last()).hasAttribute("data-upload", "done");
    assertThat(ada.part("upload").first()).hasAttribute("data-upload", "done");
    ada.write("For you");
    Locator picture = ada.part("picture").locator("img");
    assertThat(picture).hasAttribute("src", Pattern.compile("^blob:"));
    ada.page()
        .waitForFunction(
            "() => document.querySelector('tenant-chat').shadowRoot.querySelector('[part=picture] img')?.naturalWidth > 0");
    Download minutes = ada.page().waitForDownload(() -> ada.part("file").click());
    assertThat(minutes.path()).hasContent("All agreed.\n");
    ada.sent();
    String conversation = bert.get("conversations/").expect(200).path(0).path("id").asText();
    bert.say(conversation, "Thank you, Ada");
    assertThat(ada.message("Thank you, Ada")).isVisible();
    ada.picture("embedded");
    assertThat(ada.page().evaluate("() => document.cookie").toString()).isEmpty();

    ada.page().evaluate("() => document.querySelector('tenant-chat').signOut()");
    assertThat(ada.chat()).containsText("You have been signed out.");
    assertThat(ada.page().evaluate("() => localStorage.length")).isEqualTo(0);
    assertThat(ada.page().evaluate("() => heard.at(-1)"))
        .isEqualTo(Map.of("name", "signed-out", "detail", Collections.singletonMap("next", null)));
    ada.page().evaluate("() => document.querySelector('tenant-chat').remove()");
    assertThat(ada.part("panel")).hasCount(0);
  }

  @Test
  void aFileIsSavedByAClickInTheMiddleOfWhichItsMessageIsAccepted() {
    List<Runnable> acks = new ArrayList<>();
    Desk ada = browsers.desk(Look.DESKTOP);
    ada.page()
        .routeWebSocket(
            "**/ws/chat/**",
            socket ->
                socket
                    .connectToServer()
                    .onMessage(frame -> {
                      if (frame.text().contains("\"ack\"")) {
                        acks.add(() -> socket.send(frame.text()));
                      } else {
                        socket.send(frame.text());
                      }
                    }));
    ada.page().navigate(suite.host().pageOf(tenant.name(), "ada"));
    ada.page().evaluate("id => document.querySelector('tenant-chat').startWith(id)", bert.id());
    ada.standing("live");
    ada.part("attach").locator("input").setInputFiles(Files.text("minutes.txt", "All agreed.\n"));
    assertThat(ada.part("upload")).hasAttribute("data-upload", "done");
    ada.write("Not yet accepted");
    ada.page().waitForCondition(() -> !acks.isEmpty());
    assertThat(ada.part("message-pending")).hasCount(1);

    ada.part("file").hover();
    ada.page().mouse().down();
    acks.removeFirst().run();
    assertThat(status(ada)).hasAttribute("data-status", "sent");
    Download minutes = ada.page().waitForDownload(() -> ada.page().mouse().up());
    assertThat(minutes.path()).hasContent("All agreed.\n");
  }

  private static Locator status(Desk desk) {
    return desk.message("Not yet accepted").locator("[part=status]");
  }

  @Test
  void aPageMayHandInItsTokensBeforeTheScriptHasCome() {
    Desk ada = browsers.desk(Look.DESKTOP);
    List<Route> scripts = new ArrayList<>();
    ada.page().route("**/tenant_chat.js", scripts::add);
    ada.page().route("**/host.js", route -> route.fulfill(new Route.FulfillOptions().setBody("")));
    String page = suite.host().pageOf(tenant.name(), "ada");
    ada.page().navigate(page, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
    ada.page().waitForCondition(() -> !scripts.isEmpty());
    ada.page()
        .evaluate(
            """
            async () => {
              const { search } = location;
              const give = async () => (await fetch('/chat-token' + search)).text();
              while (!document.querySelector('tenant-chat')) await new Promise(requestAnimationFrame);
              document.querySelector('tenant-chat').getToken = give;
            }
            """);
    scripts.getFirst().resume();
    ada.part("bar").click();
    ada.standing("live").tab("people").click();
    assertThat(ada.person("Bert")).isVisible();
  }

  @Test
  void aTokenIsRenewedBeforeItEndsAndTheChatSaysSoWhenThereAreNoMore() {
    suite.host().tokensLast(tenant.name(), "ada", 8);
    Desk ada = browsers.host(Look.DESKTOP, tenant.name(), "ada");
    List<String> asked = new CopyOnWriteArrayList<>();
    ada.page()
        .onRequest(request -> {
          if (request.url().contains("/chat-token")) {
            asked.add(request.url());
          }
        });
    ada.part("bar").click();
    ada.standing("live");
    ada.page().waitForCondition(() -> !asked.isEmpty());
    ada.standing("live");
    suite.host().tokensLast(tenant.name(), "ada", 0);
    ada.standing("reconnecting");
    suite.host().tokensLast(tenant.name(), "ada", 1800);
    ada.page().evaluate("() => dispatchEvent(new Event('focus'))");
    ada.standing("live");
  }
}
