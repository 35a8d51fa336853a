package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
@TestInstance(Lifecycle.PER_CLASS)
class BrowserST {

  /// Set to have the picture in the README made anew.
  private static final String PICTURE_FOR_README = "chat.readme-picture";

  private static final LocatorAssertions.IsVisibleOptions SOON =
      new LocatorAssertions.IsVisibleOptions().setTimeout(20_000);

  private final Suite suite;
  private Browsers browsers;
  private Desk alice;
  private Desk bob;

  BrowserST(Suite suite) {
    this.suite = suite;
  }

  @BeforeAll
  void startBrowser() {
    browsers = Browsers.start();
  }

  @AfterAll
  void stopBrowser() {
    if (browsers != null) {
      browsers.close();
    }
  }

  @BeforeEach
  void twoDesks() {
    alice = Desk.of(suite, browsers.browser());
    bob = Desk.of(suite, browsers.browser());
  }

  @AfterEach
  void noConsoleComplained() {
    try (Desk first = alice;
        Desk second = bob) {
      first.picture("first-desk-at-the-end");
      second.picture("second-desk-at-the-end");
      assertThat(first.complaints()).as("the first console").isEmpty();
      assertThat(second.complaints()).as("the second console").isEmpty();
    }
  }

  @Test
  void aMessageTypedInOneBrowserAppearsInTheOther() {
    alice.signIn("acme", "alice");
    bob.signIn("acme", "bob");
    alice.picture("chats");
    alice.open("Bob Brown");
    bob.open("Alice Adams");
    bob.picture("conversation-empty");

    alice.write("Good morning Bob, have you seen the contract?");
    assertThat(bob.message("have you seen the contract?")).isVisible(SOON);

    bob.write("Just now. I will approve it before lunch 👍");
    assertThat(alice.message("before lunch")).isVisible(SOON);

    alice.write("Wonderful, thank you!");
    assertThat(bob.message("Wonderful, thank you!")).isVisible(SOON);
    assertThat(bob.message("contract")).hasCount(1);
    alice.tab("Chats").click();
    assertThat(alice.chat().locator("[part=conversation]").first()).containsText("Wonderful");
    alice.picture("conversation");
    if (Boolean.getBoolean(PICTURE_FOR_README)) {
      alice.picture(Checkout.current().root().resolve("docs/images/chat.png"));
    }
  }

  @Test
  void nobodyOfAnotherTenantIsInTheList() {
    alice.signIn("acme", "alice");
    bob.signIn("globex", "dave");

    bob.tab("Users & Groups").click();
    assertThat(bob.chat()).containsText("Erin");
    assertThat(bob.chat()).not().containsText("Alice");
    bob.picture("people");
    alice.tab("Users & Groups").click();
    assertThat(alice.chat()).containsText("Carol");
    assertThat(alice.chat()).not().containsText("Dave");
  }

  @Test
  void whoSignsOutIsAskedForTheOrganisationAgain() {
    alice.signIn("acme", "alice");
    alice.expectSignedOut();
    alice
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
        .first()
        .click();
    assertThat(alice.organisation()).isVisible(SOON);
    alice.picture("signed-out");

    alice.page().navigate(suite.baseUrl() + "/chat");
    assertThat(alice.organisation()).isVisible(SOON);
  }
}
