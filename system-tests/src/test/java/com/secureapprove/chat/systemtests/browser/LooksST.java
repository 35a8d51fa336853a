package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every view, on a desktop and on a phone, in all languages, light and dark.
@ExtendWith(RunningBrowser.class)
class LooksST {

  private final Suite suite;
  private final Browsers browsers;

  LooksST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  @Test
  void theWayIn() {
    for (Look device : List.of(Look.DESKTOP, Look.PHONE)) {
      for (String language : List.of("en", "es", "pt-BR")) {
        Desk desk = browsers.desk(device.in(language));
        Page page = desk.page();
        page.navigate(suite.baseUrl().toString());
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
          String name =
              (device.isPhone() ? "phone" : "desktop")
                  + "-"
                  + language
                  + "-"
                  + scheme.name().toLowerCase(Locale.ROOT);
          desk.picture("sign-in/" + name);
          Axe.findsNothing("the first page", page);
        }
        desk.organisation().fill("nobody");
        page.keyboard().press("Enter");
        page.locator("#unknown").waitFor();
        desk.picture("sign-in-unknown/" + (device.isPhone() ? "phone-" : "desktop-") + language);
        Axe.findsNothing("the first page with an unknown organisation", page);
      }
    }
  }

  @Test
  void everyViewOnADesktop() {
    gallery(browsers.at(Look.DESKTOP, "globex", "dave"));
  }

  @Test
  void everyViewOnAPhone() {
    gallery(browsers.at(Look.PHONE, "globex", "dave"));
  }

  @Test
  void theWidgetOnAPageOfItsOwn() {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("nora", "omar");
    String talk = people.getLast().startWith(people.getFirst());
    for (Look look : List.of(Look.DESKTOP, Look.PHONE)) {
      people.getLast().say(talk, "Are you there?");
      Desk nora = browsers.host(look, tenant.name(), "nora");
      assertThat(nora.part("bar").locator("[part=badge]")).containsText("1");
      Gallery gallery = new Gallery(nora);
      gallery.show("widget-bar");
      nora.part("bar").click();
      nora.standing("live");
      gallery.show("widget-chats");
      nora.openChat("Omar");
      gallery.show("widget-conversation");
      nora.tab("people").click();
      gallery.show("widget-people");
      nora.part("close").click();
    }
  }

  private void gallery(Desk dave) {
    boolean phone = dave.look().isPhone();
    Gallery gallery = new Gallery(dave);
    ChatUser erin = suite.demo("globex", "erin");
    ChatUser frank = suite.demo("globex", "frank");
    ChatUser me = suite.demo("globex", "dave");
    for (JsonNode old : me.get("conversations/?archived=all").expect(200)) {
      if (old.path("is_group").asBoolean()) {
        me.post(
                "conversations/%s/remove_participant/".formatted(old.path("id").asText()),
                Map.of("participant_id", me.id()))
            .expect(200);
      }
    }
    dave.tab("people").click();
    gallery.show("people");
    dave.chat().locator("[part=search]").fill("zz");
    gallery.show("people-not-found");
    dave.chat().locator("[part=search]").fill("");
    dave.part("person").first().waitFor();
    for (String name : List.of(erin.name(), frank.name())) {
      Desk.tick(dave.chat(), name);
    }
    gallery.show("people-picked");
    while (dave.chat().locator(".chip").count() > 0) {
      dave.chat().locator(".chip").first().click();
    }
    dave.tab("chats").click();
    assertThat(dave.conversation("Harbour project")).hasCount(0);
    if (dave.part("conversation").count() == 0) {
      gallery.show("chats-empty");
    }

    String group = group(me, List.of(erin, frank));
    fill(me, erin, frank, group);
    dave.openChat("Harbour project");
    assertThat(dave.message("שלום")).isVisible();
    dave.tab("chats").click();
    gallery.show("chats");
    dave.openChat("Harbour project");
    gallery.show("conversation");
    dave.scrollUp(100_000);
    gallery.show("conversation-earlier");
    dave.part("jump").click();
    dave.chat().locator("[part=thread-header] [part=menu-button]").click();
    gallery.show("conversation-menu");
    dave.choice("group").click();
    assertThat(dave.part("member")).hasCount(3);
    gallery.show("group");
    dave.chat().locator("tenant-chat-group [part=menu-button]").last().click();
    gallery.show("group-member-menu");
    dave.choice("remove").click();
    gallery.show("group-remove");
    dave.chat().locator("[role=alertdialog] button").last().click();
    dave.part("leave").click();
    gallery.show("group-leave");
    dave.chat().locator(".group-foot button").last().click();
    dave.part("add-members").click();
    gallery.show("group-add");
    dave.chat().locator("tenant-chat-group .thread-head button").first().click();
    dave.chat().locator("tenant-chat-group .thread-head button").first().click();

    dave.part("emoji-button").click();
    gallery.show("emoji");
    dave.page().keyboard().press("Escape");
    Route[] held = new Route[1];
    dave.page().route("**/api/chat/attachments/", route -> held[0] = route);
    dave.part("attach")
        .locator("input")
        .setInputFiles(
            new FilePayload[] {
              Files.text("minutes of the meeting in the harbour, second draft.txt", "x"),
              Files.of("drawing.svg", "image/svg+xml", "<svg/>")
            });
    dave.input().fill("With a draft\nof three lines\nthat grows");
    assertThat(dave.part("upload")).hasCount(2);
    gallery.show("files-picked");
    dave.page().unroute("**/api/chat/attachments/");
    dave.part("upload").first().locator("button").last().click();
    dave.part("upload").first().locator("button").last().click();
    dave.input().fill("");

    dave.part("picture").first().click();
    dave.part("lightbox").locator("img").waitFor();
    gallery.show("picture");
    dave.page().keyboard().press("Escape");
    dave.chat().locator("[part=header] [part=menu-button]").click();
    gallery.show("settings");
    dave.page().keyboard().press("Escape");
    if (phone) {
      dave.tab("chat").click();
    }
    dave.expect("ERR_INTERNET_DISCONNECTED");
    dave.page().context().setOffline(true);
    dave.standing("offline");
    dave.write("Written on the train");
    gallery.show("offline");
    dave.page().context().setOffline(false);
    dave.standing("live");
  }

  private static String group(ChatUser me, List<ChatUser> others) {
    return me.post(
            "conversations/start_group/",
            Map.of(
                "participant_ids",
                others.stream().map(ChatUser::id).toList(),
                "title",
                "Harbour project"))
        .expect(201)
        .path("id")
        .asText();
  }

  private void fill(ChatUser me, ChatUser erin, ChatUser frank, String group) {
    String erinAndMe = me.startWith(erin);
    erin.say(erinAndMe, "Lunch tomorrow at noon?");
    me.say(group, "Good morning! The plans for the harbour are here.");
    erin.say(group, "Great, I will look at them this afternoon.");
    erin.say(
        group,
        "Are these the ones with the second pier? https://harbour.example/plans/2027/pier-2?view=all&layer=foundation");
    frank.say(group, "👍🎉");
    frank.say(
        group,
        "A longer one, to see how lines break: the foundation of the pier has to carry the crane, the rails and two"
            + " lorries at the same time, so we have asked for another survey of the ground before we go on.");
    me.say(
        group,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlungsprotokoll");
    erin.say(group, "שלום לכולם, נתראה מחר בבוקר");
    me.say(group, "First line\n  indented second\nthird");
    JsonNode picture = upload(erin, Files.picture("harbour at dawn.png"));
    JsonNode text = upload(erin, Files.text("soil survey, summary.txt", "sand\n"));
    erin.post(
            "conversations/" + group + "/messages/",
            Map.of(
                "content",
                "This is where the crane will stand.",
                "attachment_ids",
                ids(picture, text)))
        .expect(201);
    me.post(
            "conversations/" + group + "/messages/",
            Map.of(
                "content",
                "",
                "attachment_ids",
                ids(upload(me, Files.text("reply.txt", "agreed\n")))))
        .expect(201);
    me.say(group, "Ok");
  }

  private static List<String> ids(JsonNode... files) {
    return List.of(files).stream().map(file -> file.path("id").asText()).toList();
  }

  private static JsonNode upload(ChatUser person, FilePayload file) {
    return person.upload(file.name, file.mimeType, file.buffer).expect(201);
  }
}
