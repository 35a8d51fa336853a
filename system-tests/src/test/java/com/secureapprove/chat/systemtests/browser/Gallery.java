package com.secureapprove.chat.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Takes screenshots of a view in every language and both colour schemes. Checks the English view
/// with axe, and the others for untranslated words.
final class Gallery {

  private static final List<ColorScheme> SCHEMES = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
  private static final Map<String, List<Pattern>> FOREIGN =
      Map.of("es", Translations.foreignTo("es"), "pt-BR", Translations.foreignTo("pt-br"));
  private static final String WORDS =
      """
      chat => {
        const words = [];
        const skip = '[part~=content], .row-title, .thread-title, .file-name, .head-name, .avatar, .emoji';
        const walk = (element) => {
          if (element.matches(skip)) return;
          for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
            if (element.hasAttribute(name)) words.push(element.getAttribute(name));
          }
          for (const child of element.childNodes) {
            if (child.nodeType === Node.TEXT_NODE) words.push(child.data);
            else if (child.nodeType === Node.ELEMENT_NODE) walk(child);
          }
        };
        for (const child of chat.shadowRoot.children) walk(child);
        return words.map((word) => word.trim()).filter(Boolean);
      }
      """;
  private static final String OVERFLOWS =
      """
      chat => {
        const root = chat.shadowRoot.querySelector('.panel');
        if (!root) return [];
        const wide = innerWidth;
        const cut = (element) => element.matches('button, p, .tab > span') && element.scrollWidth > element.clientWidth + 1;
        return [...root.querySelectorAll('button, a, input, textarea, p, .bubble, .badge, h2, .row-title, .toast, .tab > span')]
          .filter((element) => element.checkVisibility())
          .map((element) => [element, element.getBoundingClientRect()])
          .filter(([element, box]) => box.width > 0 && !element.matches('.vh, .vh *') && (box.left < -1 || box.right > wide + 1 || cut(element)))
          .map(([element]) => element.outerHTML.slice(0, 120));
      }
      """;

  private final Desk desk;
  private final String device;

  Gallery(Desk desk) {
    this.desk = desk;
    this.device = desk.look().isPhone() ? "phone" : "desktop";
  }

  /// Stores the screenshots, and fails the test if a check fails.
  void show(String view) {
    Page page = desk.page();
    for (String language : List.of("es", "pt-BR", "en")) {
      desk.chat().evaluate("(chat, language) => chat.lang = language", language);
      for (ColorScheme scheme : SCHEMES) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        desk.picture(
            "%s/%s-%s-%s"
                .formatted(view, device, language, scheme.name().toLowerCase(Locale.ROOT)));
        if (language.equals("en")) {
          Axe.findsNothing("%s (%s, %s)".formatted(view, device, scheme), page);
        }
      }
      if (!language.equals("en")) {
        assertTranslated(view, language);
      }
      assertThat((List<?>) desk.chat().evaluate(OVERFLOWS))
          .as("what sticks out of %s (%s, %s)", view, device, language)
          .isEmpty();
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private void assertTranslated(String view, String language) {
    List<?> words = (List<?>) desk.chat().evaluate(WORDS);
    List<String> foreign =
        words.stream()
            .map(String::valueOf)
            .filter(word ->
                FOREIGN.get(language).stream().anyMatch(text -> text.matcher(word).matches()))
            .toList();
    assertThat(foreign).as("English words of %s in %s", view, language).isEmpty();
  }
}
