package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningBrowser.class)
class GroupPagesST {

  private final Suite suite;
  private final Browsers browsers;

  GroupPagesST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void aGroupIsMadeFilledRenamedHandedOverAndLeft() {
    Tenant own = suite.newTenant();
    own.enter(List.of("gina", "hugo", "iris"), true);
    String tenant = own.name();
    Desk gina = browsers.whole(Look.DESKTOP, tenant, "gina");
    Desk hugo = browsers.whole(Look.DESKTOP, tenant, "hugo");
    Desk iris = browsers.whole(Look.PHONE, tenant, "iris");
    gina.tab("people").click();
    Desk.tick(gina.chat().locator("tenant-chat-people"), "Hugo");
    gina.chat().locator("input[name=title]").fill("Budget");
    press(gina, "Create group");
    gina.write("Here we plan the budget.");
    hugo.openChat("Budget");
    assertThat(hugo.message("plan the budget")).isVisible();
    assertThat(hugo.message("plan the budget")).containsText("Gina");
    iris.tab("chats").click();
    assertThat(iris.conversation("Budget")).hasCount(0);

    gina.choose("group");
    gina.part("add-members").click();
    Desk.tick(gina.chat().locator("tenant-chat-add-members"), "Iris");
    press(gina, "Add 1 person");
    assertThat(gina.part("member")).hasCount(3);
    iris.openChat("Budget");
    assertThat(iris.message("plan the budget")).isVisible();

    gina.chat().locator("input[name=title]").fill("Budget 2027");
    press(gina, "Rename");
    assertThat(hugo.conversation("Budget 2027")).isVisible();
    assertThat(iris.part("thread-header")).containsText("Budget 2027");

    act(gina, "Iris", "admin");
    assertThat(member(gina, "Iris")).hasAttribute("data-role", "admin");
    act(gina, "Iris", "remove");
    press(gina, "Remove");
    assertThat(gina.part("member")).hasCount(2);
    iris.tab("chats").click();
    assertThat(iris.conversation("Budget")).hasCount(0);

    act(gina, "Hugo", "owner");
    press(gina, "Hand over");
    assertThat(member(gina, "Hugo")).hasAttribute("data-role", "owner");
    assertThat(member(gina, "Gina")).hasAttribute("data-role", "admin");
    hugo.choose("group");
    assertThat(member(hugo, "Hugo")).hasAttribute("data-role", "owner");

    gina.part("leave").click();
    press(gina, "Leave");
    gina.tab("chats").click();
    assertThat(gina.conversation("Budget")).hasCount(0);
    assertThat(hugo.part("member")).hasCount(1);
    hugo.part("leave").click();
    press(hugo, "Leave");
    hugo.tab("chats").click();
    assertThat(hugo.conversation("Budget")).hasCount(0);
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
