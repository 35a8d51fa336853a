package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.secureapprove.chat.systemtests.migration.OldChat;
import com.secureapprove.chat.systemtests.migration.OldInstallation;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What both clients show of a chat that was moved: the widget, and the client of the old chat.
@ExtendWith(RunningBrowser.class)
class MovedChatST {
  private static final int MESSAGES = 120;
  private static final int FILES = 40;
  private static final String IDS = "rows => rows.map(row => row.dataset.%s)";

  @TempDir private Path directory;

  private final Suite suite;
  private final Browsers browsers;
  private final Tenant tenant;
  private final List<ChatUser> people;

  MovedChatST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
    this.tenant = suite.newProvisionedTenant();
    this.people = tenant.people("alice", "bob", "carol", "dave");
  }

  @Test
  void bothClientsShowWhatPeopleSawBefore() throws Exception {
    try (OldInstallation old =
        OldInstallation.generate(
            suite, "old_chat_of_clients", directory, people, List.of(), MESSAGES, FILES)) {
      old.bringTo(tenant);
      theWidgetShowsAll(old, "alice");
      theOriginalClientShowsAll(old, "bob");
    }
  }

  private void theWidgetShowsAll(OldInstallation old, String userName) throws Exception {
    List<OldChat.Conversation> before = conversations(old, userName);
    suite.issuer().signsIn(tenant.name(), userName, _ -> {}, _ -> {});
    Desk desk = browsers.desk(Look.DESKTOP).enter(suite.baseUrl() + "/t/tests/");
    desk.tab("chats").click();
    Locator rows = desk.part("conversation");
    assertThat(rows).hasCount(before.size());
    assertThat(rows.evaluateAll(IDS.formatted("conversationId"))).isEqualTo(ids(before));
    for (int i = 0; i < before.size(); i++) {
      Locator badge = rows.nth(i).locator("[part=badge]");
      if (before.get(i).unread() == 0) {
        assertThat(badge).hasCount(0);
      } else {
        assertThat(badge).containsText(Long.toString(before.get(i).unread()));
      }
    }
    OldChat.Conversation longest = longest(old, before, userName);
    List<OldChat.Message> messages = messages(old, longest, userName);
    rows.nth(before.indexOf(longest)).click();
    Locator entries = desk.part("log").locator(".entry");
    assertThat(entries.last()).hasAttribute("data-seq", Integer.toString(messages.size()));
    assertThat(desk.part("picture").first()).isVisible();
    desk.picture("moved-chat");
  }

  private void theOriginalClientShowsAll(OldInstallation old, String userName) throws Exception {
    List<OldChat.Conversation> before = conversations(old, userName);
    Page page = OriginalClient.signIn(suite, browsers.desk(Look.DESKTOP), tenant, userName).page();
    Locator rows = page.locator("#conversations li");
    assertThat(rows).hasCount(before.size());
    assertThat(rows.evaluateAll(IDS.formatted("id"))).isEqualTo(ids(before));
    for (int i = 0; i < before.size(); i++) {
      OldChat.Conversation one = before.get(i);
      assertThat(rows.nth(i)).containsText("(%d) %s".formatted(one.unread(), one.lastContent()));
    }
    OldChat.Conversation longest = longest(old, before, userName);
    List<OldChat.Message> messages = messages(old, longest, userName);
    page.locator("#conversations [data-id='%s']".formatted(longest.id())).click();
    Locator lines = page.locator("#messages li");
    assertThat(lines).hasCount(messages.size());
    assertThat(lines.evaluateAll(IDS.formatted("id")))
        .isEqualTo(messages.stream().map(message -> message.id().toString()).toList());
    for (OldChat.Message message : messages) {
      Locator line = page.locator("#messages [data-id='%s']".formatted(message.id()));
      assertThat(line).containsText(message.content());
    }
    OldChat.File file =
        old.chat().files(longest.id()).stream()
            .filter(one -> Files.exists(old.media().resolve(one.path())))
            .findFirst()
            .orElseThrow();
    Locator link = page.locator("#messages [data-id='%s'] a".formatted(file.message()));
    assertThat(link).hasText(file.filename());
    Download download = page.waitForDownload(link::click);
    assertThat(download.path()).hasSameBinaryContentAs(old.media().resolve(file.path()));
    assertThat(page.locator("#error")).isEmpty();
  }

  private List<OldChat.Conversation> conversations(OldInstallation old, String userName)
      throws Exception {
    return old.chat().conversations(person(userName).email()).stream()
        .filter(conversation -> !conversation.archived())
        .toList();
  }

  private List<OldChat.Message> messages(
      OldInstallation old, OldChat.Conversation conversation, String userName) throws Exception {
    return old.chat().messages(conversation.id(), person(userName).email());
  }

  private OldChat.Conversation longest(
      OldInstallation old, List<OldChat.Conversation> conversations, String userName)
      throws Exception {
    OldChat.Conversation longest = conversations.getFirst();
    for (OldChat.Conversation one : conversations) {
      if (messages(old, one, userName).size() > messages(old, longest, userName).size()) {
        longest = one;
      }
    }
    return longest;
  }

  private ChatUser person(String userName) {
    return people.stream()
        .filter(person -> person.email().startsWith(userName + "@"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(List<OldChat.Conversation> conversations) {
    return conversations.stream().map(conversation -> conversation.id().toString()).toList();
  }
}
