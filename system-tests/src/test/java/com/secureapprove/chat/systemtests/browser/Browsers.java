package com.secureapprove.chat.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The browser on this machine: the one in `CHAT_BROWSER`, else an installed one, else Playwright's
/// downloaded one. Each [Desk] has an isolated browser context.
final class Browsers implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /// The time-out of network operations on a busy machine.
  private static final double PATIENCE_MILLIS = 20_000;

  /// Makes the chat fill the host application's page, like the gateway's page.
  static final String WHOLE_PAGE =
      """
      document.addEventListener('readystatechange', () => {
        if (document.readyState !== 'interactive') return;
        const chat = document.querySelector('tenant-chat');
        document.body.style.margin = '0';
        document.querySelector('main').remove();
        chat.style.height = '100dvh';
        chat.fullPage = true;
      });
      """;

  private final Playwright playwright;
  private final Browser browser;
  private final Suite suite;
  private final List<Desk> desks = new ArrayList<>();
  private final Map<String, String> sessions = new HashMap<>();

  private Browsers(Playwright playwright, Browser browser, Suite suite) {
    this.playwright = playwright;
    this.browser = browser;
    this.suite = suite;
  }

  /// Starts the browser. Without one, the tests are skipped with a warning.
  static Browsers start(Suite suite) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
    installed().ifPresent(options::setExecutablePath);
    try {
      return new Browsers(playwright, playwright.chromium().launch(options), suite);
    } catch (PlaywrightException problem) {
      playwright.close();
      if (installed().isPresent()) {
        throw problem;
      }
      String why =
          "SKIPPED: no browser was found. Install Chromium, or set CHAT_BROWSER."
              + " ./chat test finds one, or installs it if it has the rights.";
      System.err.println(why);
      return Assumptions.abort(why);
    }
  }

  /// A browser without a session.
  Desk desk(Look look) {
    Desk desk = new Desk(suite, context(look.options()), look);
    desks.add(desk);
    return desk;
  }

  /// A browser in which a person signs in on the page of the organisation.
  Desk signIn(Look look, String organisation, String userName) {
    return desk(look).signIn(organisation, userName);
  }

  /// A browser with the chat open. It reuses the session of the person's first sign-in.
  Desk at(Look look, String organisation, String userName) {
    String who = organisation + "/" + userName;
    String session = sessions.get(who);
    if (session == null) {
      Desk first = signIn(Look.DESKTOP, organisation, userName);
      sessions.put(who, first.session());
      if (look.equals(Look.DESKTOP)) {
        return first;
      }
      desks.remove(first);
      first.close();
    }
    Desk desk = new Desk(suite, context(look.options().setStorageState(sessions.get(who))), look);
    desks.add(desk);
    return desk.enter();
  }

  private BrowserContext context(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    Jitter.configured().ifPresent(context::addInitScript);
    return context;
  }

  /// A desk that shows the host application's page.
  Desk host(Look look, String tenant, String userName) {
    Desk desk = desk(look);
    desk.page().navigate(suite.host().pageOf(tenant, userName));
    return desk;
  }

  /// A desk that shows the host application's page with only the chat on it.
  Desk whole(Look look, String tenant, String userName) {
    Desk desk = desk(look);
    desk.page().addInitScript(WHOLE_PAGE);
    return desk.enter(suite.host().pageOf(tenant, userName));
  }

  /// After each test: takes a screenshot of every desk if the test failed, and fails it if a
  /// console has errors or warnings.
  void closeDesks(String test, boolean failed) {
    List<Desk> open = List.copyOf(desks);
    desks.clear();
    List<String> complaints = new ArrayList<>();
    for (int number = 0; number < open.size(); number++) {
      try (Desk desk = open.get(number)) {
        if (failed && !desk.page().isClosed()) {
          desk.picture("failed/%s-%d".formatted(test.replace("()", ""), number + 1));
        }
        complaints.addAll(desk.complaints());
      }
    }
    if (!failed) {
      assertThat(complaints).as("the consoles").isEmpty();
    }
  }

  private static Optional<Path> installed() {
    String named = System.getenv("CHAT_BROWSER");
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    List<String> directories =
        Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1));
    return NAMES.stream()
        .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
        .flatMap(path -> Files.isExecutable(path) ? Stream.of(path) : Stream.empty())
        .findFirst();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
