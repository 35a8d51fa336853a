package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningBrowser.class)
class GroupPagesST {

  private final Browsers browsers;

  GroupPagesST(Browsers browsers) {
    this.browsers = browsers;
  }

  @Test
  void aGroupIsMadeFilledRenamedHandedOverAndLeft() {
    Desk alice = browsers.at(Look.DESKTOP, "acme", "alice");
    Desk bob = browsers.at(Look.DESKTOP, "acme", "bob");
    Desk carol = browsers.at(Look.PHONE, "acme", "carol");
    alice.tab("people").click();
    tick(alice, "Bob Brown");
    alice.chat().locator("input[name=title]").fill("Budget");
    press(alice, "Create group");
    alice.write("Here we plan the budget.");
    bob.openChat("Budget");
    assertThat(bob.message("plan the budget")).isVisible();
    assertThat(bob.message("plan the budget")).containsText("Alice Adams");
    carol.tab("chats").click();
    assertThat(carol.conversation("Budget")).hasCount(0);

    alice.choose("group");
    alice.part("add-members").click();
    tick(alice, "Carol Clark");
    press(alice, "Add 1 person");
    assertThat(alice.part("member")).hasCount(3);
    carol.openChat("Budget");
    assertThat(carol.message("plan the budget")).isVisible();

    alice.chat().locator("input[name=title]").fill("Budget 2027");
    press(alice, "Rename");
    assertThat(bob.conversation("Budget 2027")).isVisible();
    assertThat(carol.part("thread-header")).containsText("Budget 2027");

    act(alice, "Carol Clark", "admin");
    assertThat(member(alice, "Carol Clark")).hasAttribute("data-role", "admin");
    act(alice, "Carol Clark", "remove");
    press(alice, "Remove");
    assertThat(alice.part("member")).hasCount(2);
    carol.tab("chats").click();
    assertThat(carol.conversation("Budget")).hasCount(0);

    act(alice, "Bob Brown", "owner");
    press(alice, "Hand over");
    assertThat(member(alice, "Bob Brown")).hasAttribute("data-role", "owner");
    assertThat(member(alice, "Alice Adams")).hasAttribute("data-role", "admin");
    bob.choose("group");
    assertThat(member(bob, "Bob Brown")).hasAttribute("data-role", "owner");

    alice.part("leave").click();
    press(alice, "Leave");
    alice.tab("chats").click();
    assertThat(alice.conversation("Budget")).hasCount(0);
    assertThat(bob.part("member")).hasCount(1);
    bob.part("leave").click();
    press(bob, "Leave");
    bob.tab("chats").click();
    assertThat(bob.conversation("Budget")).hasCount(0);
  }

  private static void tick(Desk desk, String name) {
    desk.chat()
        .getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName("Select " + name))
        .last()
        .check(new Locator.CheckOptions().setForce(true));
  }

  private static void press(Desk desk, String name) {
    desk.chat()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private static Locator member(Desk desk, String name) {
    return desk.part("member").filter(new Locator.FilterOptions().setHasText(name));
  }

  private static void act(Desk desk, String name, String choice) {
    desk.chat()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Options for " + name))
        .click();
    desk.choice(choice).click();
  }
}
