package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Visible elements do not move when others appear or disappear.
@ExtendWith(RunningBrowser.class)
class StillnessST {

  private static final int EARLIER = 30;
  private static final int ARRIVING = 20;

  private final Suite suite;
  private final Browsers browsers;

  StillnessST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void nothingJumpsInTheCornerOfADesktop() {
    talk(Look.DESKTOP, false);
  }

  @Test
  void nothingJumpsOnAPageOfItsOwnOnADesktop() {
    talk(Look.DESKTOP, true);
  }

  @Test
  void nothingJumpsOnAPhone() {
    talk(Look.PHONE, false);
  }

  private void talk(Look look, boolean fullPage) {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("nils", "olga", "pia");
    ChatUser nils = people.getFirst();
    ChatUser olga = people.get(1);
    ChatUser pia = people.getLast();
    String talk = olga.startWith(nils);
    tenant.fill(
        talk,
        olga,
        IntStream.rangeClosed(1, EARLIER)
            .mapToObj(number -> "earlier " + number + " and so on".repeat(number % 9))
            .toList());
    send(olga, talk, "The harbour", upload(olga, Files.picture("harbour.png")));
    nils.post("conversations/" + talk + "/mark_read/", Map.of()).expect(200);
    pia.say(pia.startWith(nils), "Good morning");

    Desk desk = browsers.desk(look);
    Page page = desk.page();
    Shifts shifts = Shifts.watch(page);
    if (fullPage) {
      page.addInitScript(Browsers.WHOLE_PAGE);
    }
    page.navigate(suite.host().pageOf(tenant.name(), "nils"));
    if (!fullPage) {
      assertThat(desk.part("bar").locator("[part=badge]")).isVisible();
      shifts.none("the page came");
      desk.part("bar").click();
    }
    desk.standing("live");
    assertThat(desk.conversation("Olga")).containsText("The harbour");
    shifts.none("the list came");

    desk.conversation("Olga").click();
    desk.input().waitFor();
    complete(desk, desk.part("picture").locator("img"));
    shifts.none("a conversation was opened");
    desk.picture("stillness/" + name(look, fullPage) + "-opened");

    for (int number = 1; number <= ARRIVING; number++) {
      olga.say(talk, "arriving %d%s".formatted(number, " and so on".repeat(number % 9)));
      assertThat(desk.message("arriving " + number).last()).isVisible();
    }
    shifts.none("messages came");

    try (Socket socket = olga.connect()) {
      desk.write("Written by me");
      Locator status = desk.message("Written by me").locator("[part=status]");
      assertThat(status).hasAttribute("data-status", "delivered");
      shifts.none("a message was sent and delivered");
      olga.post("conversations/" + talk + "/mark_read/", Map.of()).expect(200);
      assertThat(status).hasAttribute("data-status", "read");
      shifts.none("it was read");

      double before = desk.message("Written by me").boundingBox().y;
      socket.send(Map.of("type", "typing", "conversation_id", talk));
      assertThat(desk.part("typing").last()).isVisible();
      shifts.none("somebody began to type");
      assertThat(desk.message("Written by me").boundingBox().y).isEqualTo(before);
      desk.picture("stillness/" + name(look, fullPage) + "-typing");
      assertThat(desk.part("typing")).hasCount(0);
      shifts.none("somebody stopped typing");
    }

    send(olga, talk, "And from the air", upload(olga, Files.picture("air.png")));
    complete(desk, desk.message("from the air").locator("[part=picture] img"));
    shifts.none("a picture came");

    desk.tab("people").click();
    assertThat(desk.person("Pia")).isVisible();
    shifts.none("the people were shown");
    desk.tab("chats").click();
    assertThat(desk.conversation("Pia")).isVisible();
    shifts.none("the conversations were shown");
    lose(desk, shifts, "in the list", name(look, fullPage) + "-list-offline");
    desk.conversation("Pia").click();
    assertThat(desk.message("Good morning")).isVisible();
    shifts.none("another conversation was opened");
    desk.openChat("Olga");
    assertThat(desk.message("from the air")).isVisible();
    shifts.none("the first one was opened again");
    lose(desk, shifts, "in a conversation", name(look, fullPage) + "-thread-offline");
    desk.scrollUp(700);
    shifts.none("one scrolled up");
    olga.say(talk, "below");
    assertThat(desk.part("jump")).hasClass(Pattern.compile("counted"));
    shifts.none("something came below");
    lose(desk, shifts, "among earlier messages", name(look, fullPage) + "-scrolled-offline");
  }

  private static void lose(Desk desk, Shifts shifts, String where, String picture) {
    desk.expect("ERR_INTERNET_DISCONNECTED").page().context().setOffline(true);
    desk.standing("offline");
    assertThat(desk.part("standing").locator("span")).isVisible();
    shifts.none("the connection was lost " + where);
    desk.picture("stillness/" + picture);
    desk.page().context().setOffline(false);
    desk.standing("live");
    shifts.none("the connection was found " + where);
  }

  private static void complete(Desk desk, Locator picture) {
    assertThat(picture.last()).isVisible();
    desk.page()
        .waitForCondition(() ->
            (Boolean) picture.last().evaluate("image => image.complete && image.naturalWidth > 0"));
  }

  private static String name(Look look, boolean fullPage) {
    return look.isPhone() ? "phone" : fullPage ? "page" : "desktop";
  }

  private static void send(ChatUser person, String talk, String content, JsonNode file) {
    person
        .post(
            "conversations/" + talk + "/messages/",
            Map.of("content", content, "attachment_ids", List.of(file.path("id").asText())))
        .expect(201);
  }

  private static JsonNode upload(ChatUser person, FilePayload file) {
    return person.upload(file.name, file.mimeType, file.buffer).expect(201);
  }
}
