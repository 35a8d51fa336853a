package com.secureapprove.chat.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/// The accessibility checker axe, with all rules for WCAG 2.2 A and AA and its best practices.
final class Axe {

  private static final String RUN =
      """
      () => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.flatMap(({ id, help, nodes }) =>
          nodes.map((node) => `${id} (${help}): ${node.target.flat().join(' ')} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`)))
      """;

  private Axe() {}

  /// Fails the test if axe reports a violation on the current page.
  static void findsNothing(String view, Page page) {
    if (!(Boolean) page.evaluate("() => 'axe' in globalThis")) {
      page.evaluate(AxeBuilder.getAxeScript());
    }
    List<?> findings = (List<?>) page.evaluate(RUN);
    assertThat(findings).as("what axe finds in %s", view).isEmpty();
  }
}
