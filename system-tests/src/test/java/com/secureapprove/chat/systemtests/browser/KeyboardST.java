package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningBrowser.class)
class KeyboardST {

  private final Suite suite;
  private final Browsers browsers;

  KeyboardST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void everythingIsDoneWithoutAMouse() {
    Tenant tenant = suite.newTenant();
    tenant.people("anna", "berta", "clara");
    Desk anna = browsers.host(Look.DESKTOP, tenant.name(), "anna");
    Keyboard keys = anna.page().keyboard();
    anna.part("bar").waitFor();
    keys.press("Tab");
    assertThat(anna.part("bar")).isFocused();
    keys.press("Enter");
    assertThat(anna.tab("chats")).isFocused();
    anna.standing("live");
    keys.press("ArrowRight");
    assertThat(anna.tab("people")).isFocused();
    assertThat(anna.part("person")).hasCount(2);
    tabTo(anna, "search");
    keys.type("cla");
    assertThat(anna.part("person")).hasCount(1);
    tabTo(anna, "person");
    keys.press("Enter");
    assertThat(anna.input()).isFocused();
    keys.type("Hello Clara,");
    keys.press("Shift+Enter");
    keys.type("how are you?");
    keys.press("Enter");
    assertThat(anna.message("how are you?").locator("[data-status=sent]")).isVisible();
    assertThat(anna.input()).isFocused();

    tabTo(anna, "emoji-button");
    keys.press("Enter");
    assertThat(anna.part("emoji").locator("button").first()).isFocused();
    keys.press("Escape");
    assertThat(anna.input()).isFocused();
    tabBackTo(anna, "log");
    tabBackTo(anna, "menu-button");
    keys.press("Enter");
    assertThat(anna.choice("mute")).isFocused();
    keys.press("ArrowDown");
    assertThat(anna.choice("archive")).isFocused();
    keys.press("Escape");
    assertThat(anna.choice("archive")).hasCount(0);

    keys.press("Escape");
    assertThat(anna.part("panel")).hasCount(0);
    assertThat(anna.part("bar")).isFocused();
    assertThat(anna.page().evaluate("() => heard.map(({ name }) => name).join()").toString())
        .contains("ready", "opened", "message", "closed");
  }

  @Test
  void aGroupIsFilledAndEmptiedWithoutAMouse() {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("dora", "emil", "fritz");
    String group =
        people
            .getFirst()
            .post(
                "conversations/start_group/",
                Map.of("participant_ids", List.of(people.get(1).id()), "title", "Choir"))
            .expect(201)
            .path("id")
            .asText();
    Desk dora = browsers.host(Look.DESKTOP, tenant.name(), "dora");
    Keyboard keys = dora.page().keyboard();
    dora.page().evaluate("id => document.querySelector('tenant-chat').openConversation(id)", group);
    dora.input().focus();
    tabBackTo(dora, "log");
    tabBackTo(dora, "menu-button");
    keys.press("Enter");
    assertThat(dora.choice("group")).isFocused();
    keys.press("Enter");
    assertThat(button(dora, "Back")).isFocused();
    assertThat(dora.part("member")).hasCount(2);

    tabTo(dora, "add-members");
    keys.press("Enter");
    assertThat(button(dora, "Back")).isFocused();
    Locator candidate = dora.chat().locator("tenant-chat-add-members [data-row]");
    assertThat(candidate).hasCount(1);
    tabTo(dora, "search");
    keys.press("Tab");
    assertThat(candidate).isFocused();
    keys.press("Space");
    assertThat(candidate).isChecked();
    keys.press("Tab");
    assertThat(button(dora, "Add 1 person")).isFocused();
    keys.press("Enter");
    assertThat(dora.part("member")).hasCount(3);
    assertThat(dora.part("add-members")).isFocused();

    tabTo(dora, "menu-button");
    keys.press("Enter");
    assertThat(dora.choice("owner")).isFocused();
    keys.press("End");
    keys.press("Enter");
    assertThat(button(dora, "Remove")).isFocused();
    keys.press("Enter");
    assertThat(dora.part("member")).hasCount(2);
    assertThat(dora.part("add-members")).isFocused();

    tabTo(dora, "leave");
    keys.press("Enter");
    assertThat(button(dora, "Leave")).isFocused();
    keys.press("Tab");
    keys.press("Enter");
    assertThat(dora.part("leave")).isFocused();
  }

  private static Locator button(Desk desk, String name) {
    return desk.chat()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void tabTo(Desk desk, String part) {
    go(desk, "Tab", part);
  }

  private static void tabBackTo(Desk desk, String part) {
    go(desk, "Shift+Tab", part);
  }

  /// Presses the key until the element has the focus. Fails if a keyboard trap prevents that.
  private static void go(Desk desk, String key, String part) {
    for (int steps = 0; steps < 20; steps++) {
      desk.page().keyboard().press(key);
      if ((Boolean)
          desk.chat()
              .evaluate(
                  "(chat, part) => chat.shadowRoot.activeElement?.part.contains(part) ?? false",
                  part)) {
        return;
      }
    }
    throw new AssertionError("the focus did not reach " + part);
  }
}
