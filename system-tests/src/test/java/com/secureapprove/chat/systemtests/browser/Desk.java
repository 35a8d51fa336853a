package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A person with a separate browser and separate cookies.
final class Desk implements AutoCloseable {

  private static final double PATIENCE_MILLIS = 30_000;

  private final Suite suite;
  private final BrowserContext context;
  private final Look look;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> expected = new CopyOnWriteArrayList<>();

  Desk(Suite suite, BrowserContext context, Look look) {
    this.suite = suite;
    this.context = context;
    this.look = look;
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.onConsoleMessage(this::listen);
    context.onWebError(problem -> complaints.add("thrown: " + problem.error()));
    this.page = context.newPage();
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
    return ready();
  }

  /// Opens the chat's page with the existing session.
  Desk enter() {
    return enter(suite.baseUrl() + "/chat");
  }

  /// Opens a page that shows the chat without a click.
  Desk enter(String address) {
    page.navigate(address);
    return ready();
  }

  /// Another tab of the same browser.
  Page anotherTab() {
    Page tab = context.newPage();
    tab.navigate(suite.baseUrl() + "/chat");
    return tab;
  }

  private Desk ready() {
    chat().getByRole(AriaRole.TABLIST).waitFor();
    return standing("live");
  }

  /// Waits until the chat shows this connection state.
  Desk standing(String standing) {
    assertThat(part("standing")).hasAttribute("data-standing", standing);
    return this;
  }

  /// The cookies, to reuse them on another desk of the same person.
  String session() {
    return context.storageState();
  }

  /// The input for the organisation on the gateway's page.
  Locator organisation() {
    return page.locator("#organisation");
  }

  /// Opens the conversation with the person of this name. Creates it if needed.
  Desk open(String name) {
    tab("people").click();
    person(name).click();
    return composing();
  }

  /// Opens a conversation from the list.
  Desk openChat(String title) {
    tab("chats").click();
    conversation(title).click();
    return composing();
  }

  private Desk composing() {
    input().waitFor();
    return this;
  }

  /// Types a message and sends it with the Enter key.
  void write(String text) {
    input().fill(text);
    input().press("Enter");
  }

  /// Waits until the gateway has accepted every message of the open conversation.
  Desk sent() {
    assertThat(part("message-pending")).hasCount(0);
    return this;
  }

  /// Scrolls the messages up. An update before the scroll event would undo it: then once more.
  void scrollUp(int pixels) {
    page.waitForCondition(() -> {
      if (part("jump").count() == 0) {
        part("log").evaluate("(log, pixels) => void (log.scrollTop -= pixels)", pixels);
      }
      return part("jump").count() > 0;
    });
  }

  /// Selects a person by the checkbox. Playwright waits until the row stays where it is: people
  /// move in the list when they come and go.
  static void tick(Locator list, String name) {
    list.locator("label", new Locator.LocatorOptions().setHas(checkbox(list, name))).check();
  }

  private static Locator checkbox(Locator list, String name) {
    return list.page()
        .getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Select " + name));
  }

  /// Messages with this text.
  Locator message(String text) {
    return part("message").filter(new Locator.FilterOptions().setHasText(text));
  }

  /// An entry in the list of people.
  Locator person(String name) {
    return part("person").filter(new Locator.FilterOptions().setHasText(name));
  }

  /// An entry in the list of conversations.
  Locator conversation(String title) {
    return part("conversation").filter(new Locator.FilterOptions().setHasText(title));
  }

  /// A tab: `chat`, `chats` or `people`.
  Locator tab(String name) {
    return chat().locator("[data-tab=%s]".formatted(name));
  }

  /// Opens the menu of the current conversation and selects an item.
  void choose(String choice) {
    chat().locator("[part=thread-header] [part=menu-button]").click();
    choice(choice).click();
  }

  /// An item of the open menu.
  Locator choice(String choice) {
    return chat().locator("[data-choice=%s]".formatted(choice));
  }

  Locator input() {
    return part("input");
  }

  /// The element with this `part` attribute.
  Locator part(String name) {
    return chat().locator("[part~=%s]".formatted(name));
  }

  Locator chat() {
    return page.locator("tenant-chat");
  }

  Page page() {
    return page;
  }

  Look look() {
    return look;
  }

  /// Takes a screenshot and stores it as build output.
  void picture(String name) {
    picture(path(name));
  }

  /// The file of the screenshot with this name.
  static Path path(String name) {
    return Path.of(System.getProperty("chat.screenshots", "target/screenshots"), name + ".png");
  }

  void picture(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  /// Allows a message on the console: browsers report unreachable servers themselves.
  Desk expect(String complaint) {
    expected.add(complaint);
    return this;
  }

  /// The errors and warnings of the console.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private void listen(ConsoleMessage message) {
    if (!message.type().equals("error") && !message.type().equals("warning")) {
      return;
    }
    if (expected.stream().noneMatch(message.text()::contains)) {
      complaints.add("%s: %s @ %s".formatted(message.type(), message.text(), message.location()));
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
