package com.secureapprove.chat.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One person in front of a browser of their own, with its own cookies.
final class Desk implements AutoCloseable {

  private static final double PATIENCE_MILLIS = 30_000;

  private final Suite suite;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private volatile boolean signedOut;

  private Desk(Suite suite, BrowserContext context) {
    this.suite = suite;
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onConsoleMessage(this::listen);
    page.onPageError(problem -> complaints.add("thrown: " + problem));
  }

  /// A desk at which nobody has signed in yet.
  static Desk of(Suite suite, Browser browser) {
    return new Desk(
        suite,
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setViewportSize(1100, 720)
                .setReducedMotion(ReducedMotion.REDUCE)));
  }

  /// Opens the gateway's page, names the organisation, and signs in on Keycloak's page.
  Desk signIn(String organisation, String userName) {
    page.navigate(suite.baseUrl().toString());
    organisation().fill(organisation);
    page.keyboard().press("Enter");
    page.locator("#username").fill(userName);
    page.locator("#password").fill(DemoTenant.PASSWORD);
    page.locator("#kc-login").click();
    page.waitForURL(suite.baseUrl() + "/chat");
    chat().getByRole(AriaRole.TABLIST).waitFor();
    return this;
  }

  /// Where the gateway's page asks for the organisation.
  Locator organisation() {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Organisation").setExact(true));
  }

  /// Opens the conversation with a person of this name.
  void open(String name) {
    tab("Users & Groups").click();
    chat().locator("[part=person]").filter(new Locator.FilterOptions().setHasText(name)).click();
    composer().waitFor();
  }

  /// Types a message and sends it by the Enter key.
  void write(String text) {
    composer().click();
    page.keyboard().type(text);
    page.keyboard().press("Enter");
  }

  /// A message's bubble with this text.
  Locator message(String text) {
    return chat().locator("[part~=message]").filter(new Locator.FilterOptions().setHasText(text));
  }

  Locator tab(String name) {
    return chat().getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName(name));
  }

  Locator chat() {
    return page.locator("tenant-chat");
  }

  Page page() {
    return page;
  }

  /// A picture of what is to be seen, kept as build output.
  void picture(String name) {
    picture(Path.of(System.getProperty("chat.screenshots", "target/screenshots"), name + ".png"));
  }

  void picture(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  /// From now on the console may say that a request was refused for want of a sign-in: the browser
  /// itself says so when a page asks whether it is still signed in.
  void expectSignedOut() {
    complaints.removeIf(complaint -> complaint.contains("401"));
    signedOut = true;
  }

  /// Everything that the console complained of.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private Locator composer() {
    return chat().locator("[part=input]");
  }

  private void listen(ConsoleMessage message) {
    boolean expected = signedOut && message.text().contains("401");
    if (!expected && (message.type().equals("error") || message.type().equals("warning"))) {
      complaints.add(message.type() + ": " + message.text() + " @ " + message.location());
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
