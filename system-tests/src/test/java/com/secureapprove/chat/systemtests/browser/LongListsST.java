package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Long lists stay fast: the page holds only elements near the viewport, and visible elements do
/// not move.
@ExtendWith(RunningBrowser.class)
class LongListsST {

  private static final int MESSAGES = 10_000;
  private static final int PEOPLE = 2_000;
  private static final int STEPS_UP = 24;
  private static final int MOST_MESSAGES_IN_PAGE = 160;
  private static final int MOST_ROWS_IN_PAGE = 60;

  /// Scrolls close to the top. Stores the first visible entry and its position as `asked`.
  private static final String NEAR_TOP =
      """
      log => {
        log.scrollTop = 120;
        const edge = log.getBoundingClientRect().top;
        const seen = [...log.querySelectorAll('.entry')].find(
          (entry) => entry.getBoundingClientRect().bottom > edge);
        log.asked = { seen, top: seen.getBoundingClientRect().top, first: firstOf(log) };
        function firstOf(log) { return Number(log.querySelector('.entry').dataset.seq); }
      }
      """;

  private static final String MORE_ABOVE =
      "log => Number(log.querySelector('.entry').dataset.seq) < log.asked.first";
  private static final String MOVED =
      "log => Math.abs(log.asked.seen.getBoundingClientRect().top - log.asked.top)";

  private final Suite suite;
  private final Browsers browsers;

  LongListsST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void tenThousandMessagesAreAWindowThatSlidesWithoutMovingWhatOneReads() {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("ada", "bert");
    ChatUser bert = people.getLast();
    String talk = people.getFirst().startWith(bert);
    tenant.fill(
        talk,
        bert,
        IntStream.rangeClosed(1, MESSAGES)
            .mapToObj(number ->
                "message " + number + " ".repeat(number % 3) + "and so on ".repeat(number % 7))
            .toList());

    Desk ada = browsers.host(Look.DESKTOP, tenant.name(), "ada");
    ada.part("bar").click();
    ada.openChat("Bert");
    Locator log = ada.part("log");
    assertThat(log.locator(".entry").first()).isVisible();
    for (int step = 0; step < STEPS_UP; step++) {
      log.evaluate(NEAR_TOP);
      ada.page().waitForCondition(() -> (Boolean) log.evaluate(MORE_ABOVE));
      assertThat(((Number) log.evaluate(MOVED)).doubleValue()).as("step %d", step).isLessThan(2);
      assertThat(log.locator(".entry").count()).isLessThanOrEqualTo(MOST_MESSAGES_IN_PAGE);
    }
    assertThat((Integer) log.evaluate("log => Number(log.querySelector('.entry').dataset.seq)"))
        .isLessThan(MESSAGES - 500);
    ada.part("jump").click();
    assertThat(ada.message("message " + MESSAGES)).isVisible();
    bert.say(talk, "one more");
    assertThat(ada.message("one more")).isVisible();
    assertThat(log.locator(".entry").count()).isLessThanOrEqualTo(MOST_MESSAGES_IN_PAGE);
    ada.picture("ten-thousand-messages");
  }

  @Test
  void twoThousandPeopleAreAListOfWhichOnlyWhatIsInSightIsInThePage() {
    Tenant tenant = suite.newTenant();
    tenant.people("ada");
    tenant.enter(IntStream.range(0, PEOPLE).mapToObj("colleague%04d"::formatted).toList(), true);

    Desk ada = browsers.host(Look.DESKTOP, tenant.name(), "ada");
    ada.part("bar").click();
    ada.tab("people").click();
    Locator rows = ada.part("person");
    assertThat(rows.first()).containsText("Colleague0000");
    assertThat(rows.count()).isLessThan(MOST_ROWS_IN_PAGE);
    assertThat(ada.chat().locator("[aria-setsize='%d']".formatted(PEOPLE)).first()).isVisible();
    rows.first().focus();
    ada.page().keyboard().press("End");
    assertThat(ada.person("Colleague1999")).isFocused();
    assertThat(rows.count()).isLessThan(MOST_ROWS_IN_PAGE);
    ada.picture("two-thousand-people");
    ada.part("search").fill("1234");
    assertThat(rows).hasCount(1);
    assertThat(rows).containsText("Colleague1234");
  }
}
