package com.secureapprove.chat.systemtests.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.testsupport.push.BrowserSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The service worker of Web Push in a browser, and the push service of its vendor, which no test
/// reaches: a subscription of [com.secureapprove.chat.testsupport.push.PushStub] takes its place,
/// and messages are delivered to the worker by the DevTools protocol.
final class PushWorker {
  /// Subscribes without the vendor's push service.
  private static final String SUBSCRIBE =
      """
      const { endpoint, keys } = %s;
      let current = null;
      PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
        if (!userVisibleOnly) throw new Error('a silent subscription');
        const key = Uint8Array.from(
          atob(applicationServerKey.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
        return (current = {
          endpoint,
          options: { applicationServerKey: key.buffer },
          toJSON: () => ({ endpoint, keys }),
          unsubscribe: async () => ((current = null), true),
        });
      };
      PushManager.prototype.getSubscription = async () => current;
      """;

  private static final String SHOWN =
      """
      async (scope) => {
        const registration = await navigator.serviceWorker.getRegistration(scope);
        const shown = (await registration?.getNotifications()) ?? [];
        return shown.map(({ title, body, lang, tag, data }) => ({ title, body, lang, tag, ...data }));
      }
      """;

  /// What a click on the notification does. There is no desktop to click on, so the event has no
  /// user activation, and the browser refuses to focus a window.
  private static final String CLICK =
      """
      (async () => {
        const [notification] = await registration.getNotifications();
        let work;
        const event = Object.assign(new Event('notificationclick'), {
          notification,
          waitUntil: (promise) => (work = promise),
        });
        dispatchEvent(event);
        return work.then(() => 'done', (error) => error.name);
      })()
      """;

  private final Page page;
  private final CDPSession devTools;
  private final String scope;
  private final List<JsonObject> registrations = new ArrayList<>();

  /// @param scope the URL of the worker's scope
  PushWorker(Page page, String scope) {
    this.page = page;
    this.scope = scope;
    devTools = page.context().newCDPSession(page);
    devTools.on(
        "ServiceWorker.workerRegistrationUpdated",
        event ->
            event
                .getAsJsonArray("registrations")
                .forEach(registration -> registrations.add(registration.getAsJsonObject())));
    devTools.send("ServiceWorker.enable");
  }

  /// The script that replaces the vendor's push service in a page.
  static String subscribingTo(BrowserSubscription browser) {
    return SUBSCRIBE.formatted(
        Json.of(
            Map.of(
                "endpoint",
                browser.endpoint(),
                "keys",
                Map.of("p256dh", browser.p256dh(), "auth", browser.auth()))));
  }

  /// Delivers a decrypted message to the worker, as the browser does.
  void deliver(String message) {
    page.waitForCondition(() -> registrations.stream().anyMatch(this::isOfScope));
    JsonObject registration =
        registrations.stream().filter(this::isOfScope).findFirst().orElseThrow();
    JsonObject push = new JsonObject();
    push.addProperty("origin", scope.replaceAll("(https?://[^/]+).*", "$1"));
    push.addProperty("registrationId", registration.get("registrationId").getAsString());
    push.addProperty("data", message);
    devTools.send("ServiceWorker.deliverPushMessage", push);
  }

  private boolean isOfScope(JsonObject registration) {
    return registration.get("scopeURL").getAsString().equals(scope)
        && !registration.get("isDeleted").getAsBoolean();
  }

  /// The notifications that the worker shows, with their data. The page must be of its origin.
  @SuppressWarnings("unchecked")
  List<Map<String, String>> shown() {
    return (List<Map<String, String>>) Objects.requireNonNull(page.evaluate(SHOWN, scope));
  }

  /// Waits until the worker shows so many notifications.
  List<Map<String, String>> shown(int number) {
    page.waitForCondition(() -> shown().size() == number);
    return shown();
  }

  /// Tells the worker that the person clicked its notification. Returns `done`, or the name of the
  /// error with which its work ended.
  String click() {
    CDPSession browser = page.context().browser().newBrowserCDPSession();
    List<String> answers = new ArrayList<>();
    browser.on(
        "Target.receivedMessageFromTarget",
        event -> answers.add(event.get("message").getAsString()));
    JsonObject attach = new JsonObject();
    attach.addProperty("targetId", target(browser));
    attach.addProperty("flatten", false);
    JsonObject send = browser.send("Target.attachToTarget", attach);
    send.addProperty(
        "message",
        Json.of(
            Map.of(
                "id",
                1,
                "method",
                "Runtime.evaluate",
                "params",
                Map.of("expression", CLICK, "awaitPromise", true, "returnByValue", true))));
    browser.send("Target.sendMessageToTarget", send);
    page.waitForCondition(() -> answers.stream().anyMatch(answer -> answer.contains("\"id\":1")));
    browser.detach();
    return Json.read(answers.getLast()).path("result").path("result").path("value").asText();
  }

  private String target(CDPSession browser) {
    String origin = scope.replaceAll("(https?://[^/]+).*", "$1");
    for (JsonElement each : browser.send("Target.getTargets").getAsJsonArray("targetInfos")) {
      JsonObject target = each.getAsJsonObject();
      if (target.get("type").getAsString().equals("service_worker")
          && target.get("url").getAsString().startsWith(origin)) {
        return target.get("targetId").getAsString();
      }
    }
    throw new AssertionError("no worker of " + origin + " runs");
  }
}
