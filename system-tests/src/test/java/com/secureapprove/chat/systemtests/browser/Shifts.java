package com.secureapprove.chat.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/// Records layout shifts: visible elements that move between two frames without scrolling. Includes
/// shifts right after a click or a key press, which the browsers' metric excludes.
final class Shifts {

  private static final String WATCH =
      """
      (() => {
        const seen = [];
        const round = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
        const at = ({ x, y, width, height }) => {
          const root = document.querySelector('tenant-chat')?.shadowRoot ?? document;
          const element = root.elementFromPoint(x + width / 2, y + Math.min(height, 20) / 2);
          return element ? `${element.localName}.${element.className} in ${element.closest('[part]')?.getAttribute('part')}` : '?';
        };
        const note = (entries) => {
          for (const { value, sources } of entries) {
            if (value < 0.0001) continue; // a digit that is slightly wider than the previous one
            const what = sources.map((one) => `${at(one.currentRect)}: ${round(one.previousRect)} -> ${round(one.currentRect)}`);
            seen.push(`${value.toFixed(5)} ${what.join(', ')}`);
          }
        };
        const observer = new PerformanceObserver((list) => note(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        globalThis.shifts = async () => {
          await frame();
          await frame();
          note(observer.takeRecords());
          return seen.splice(0);
        };
      })();
      """;

  private final Page page;

  private Shifts(Page page) {
    this.page = page;
  }

  /// Starts recording at the next page of this tab.
  static Shifts watch(Page page) {
    page.addInitScript(WATCH);
    return new Shifts(page);
  }

  /// Asserts that nothing has moved since the last check, or since the page was loaded.
  void none(String during) {
    @SuppressWarnings("unchecked")
    List<String> seen = (List<String>) page.evaluate("() => shifts()");
    assertThat(seen).as("what jumped while %s", during).isEmpty();
  }
}
