package com.secureapprove.chat.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The browser on this machine: the one that `CHAT_BROWSER` names, else one that is installed, else
/// the one that Playwright has downloaded before.
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

  private final Playwright playwright;
  private final Browser browser;

  private Browsers(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /// Starts the browser; where there is none, the tests are skipped, loudly.
  static Browsers start() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
    installed().ifPresent(options::setExecutablePath);
    try {
      return new Browsers(playwright, playwright.chromium().launch(options));
    } catch (PlaywrightException problem) {
      playwright.close();
      if (installed().isPresent()) {
        throw problem;
      }
      String why =
          "SKIPPED: there is no browser. Install Chromium, or name one by CHAT_BROWSER."
              + " ./chat test looks for one and installs it where it may.";
      System.err.println(why);
      return Assumptions.abort(why);
    }
  }

  Browser browser() {
    return browser;
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
