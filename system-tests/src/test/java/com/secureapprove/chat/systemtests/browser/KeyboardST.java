package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
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

  private static void tabTo(Desk desk, String part) {
    go(desk, "Tab", part);
  }

  private static void tabBackTo(Desk desk, String part) {
    go(desk, "Shift+Tab", part);
  }

  /// Presses the key until the focus is there; a keyboard trap would never get there.
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
    throw new AssertionError("the focus never came to " + part);
  }
}
