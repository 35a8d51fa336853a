package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningBrowser.class)
class DevelopersST {

  private final Suite suite;
  private final Browsers browsers;

  DevelopersST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void whatIsChosenGoesOntoTheWidgetAndIntoTheTag() {
    Desk erin = browsers.at(Look.DESKTOP, "globex", "erin");
    Page page = erin.page();
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.locator("a[href='/developers']").click();
    erin.part("bar").waitFor();
    Locator snippet = page.locator("#snippet");
    assertThat(snippet).containsText(suite.baseUrl() + "/tenant_chat.js");
    assertThat(page.locator("#events")).containsText("chat-ready");

    page.locator("select[name=lang]").selectOption("es");
    page.locator("select[name=theme]").selectOption("dark");
    page.locator("select[name=position]").selectOption("left");
    page.locator("input[name=accent]").fill("#0b6e4f");
    page.locator("input[name=elsewhere]").check();
    page.locator("input[name=open]").check();
    assertThat(erin.tab("chats")).isVisible();
    assertThat(erin.tab("people")).containsText("Usuarios y grupos");
    assertThat(erin.chat().locator(".root")).hasAttribute("data-theme", "dark");
    assertThat(erin.part("panel").boundingBox().x).isLessThan(100);
    assertThat(page.locator("#events")).containsText("chat-opened");
    assertThat(snippet)
        .containsText(
            "<tenant-chat lang=\"es\" theme=\"dark\" position=\"left\" open></tenant-chat>");
    assertThat(snippet).containsText("--tenant-chat-accent: #0b6e4f");
    assertThat(snippet).containsText("getToken");
    page.locator("#copy").click();
    assertThat(page.locator("#copy")).hasText("Copied");
    assertThat(page.evaluate("() => navigator.clipboard.readText()").toString())
        .isEqualTo(snippet.textContent());
    Axe.findsNothing("the developers' page with the panel open", page);

    page.locator("[data-method=close]").click();
    assertThat(erin.part("bar")).isVisible();
    assertThat(page.locator("input[name=open]")).not().isChecked();
    assertThat(page.locator("#events")).containsText("chat-closed");
  }

  @Test
  void itLooksLikeOneOfOurs() {
    for (Look device : List.of(Look.DESKTOP, Look.PHONE)) {
      for (String language : List.of("en-GB", "es", "pt-BR")) {
        Desk erin = browsers.at(device.in(language), "globex", "erin");
        erin.page().navigate(suite.baseUrl() + "/developers");
        erin.part("bar").waitFor();
        assertThat(erin.page().locator("#events")).containsText("chat-ready");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          erin.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
          erin.picture(
              "developers/%s-%s-%s"
                  .formatted(
                      device.isPhone() ? "phone" : "desktop",
                      language,
                      scheme.name().toLowerCase(Locale.ROOT)));
          Axe.findsNothing("the developers' page", erin.page());
        }
      }
    }
  }
}
