package com.secureapprove.chat.notification.subscriptions;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.secureapprove.chat.notification.NotificationStores;
import com.secureapprove.chat.notification.Subscriber;
import com.secureapprove.chat.testsupport.push.BrowserSubscription;
import com.secureapprove.chat.testsupport.push.PushStub;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class SubscriptionsTest {
  private final PushStub push = PushStub.start(NotificationStores.PUSH_PUBLIC_KEY);
  private final String tenant = "t-" + UUID.randomUUID();
  private final Subscriber ann = new Subscriber(tenant, "ann");

  @AfterEach
  void stop() {
    push.close();
  }

  @Test
  void aBrowserIsSubscribedOnceAndBelongsToThePersonWhoSubscribedLast() {
    BrowserSubscription browser = push.subscribe();
    String id = ann.subscribe(browser.request("es", "/chat")).statusCode(201).extract().path("id");

    ann.subscribe(browser.request("pt-BR", "/other"))
        .statusCode(201)
        .body("id", equalTo(id))
        .body("language", equalTo("pt-BR"))
        .body("keys", equalTo(null));
    ann.list().statusCode(200).body("$", hasSize(1)).body("[0].page", equalTo("/other"));

    Subscriber ben = new Subscriber(tenant, "ben");
    ben.subscribe(browser.request("en", "/")).statusCode(201).body("id", not(equalTo(id)));
    ann.list().body("$", hasSize(0));
    ben.list().body("$", hasSize(1));
  }

  @Test
  void aFurtherBrowserReplacesTheOldestOne() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(
          ann.subscribe(push.subscribe().request("en", "/")).statusCode(201).extract().path("id"));
    }

    ann.list().body("id", equalTo(ids.subList(1, 4)));
  }

  @Test
  void onlyThePersonEndsTheirSubscriptionAndTwiceIsOnce() {
    String id =
        ann.subscribe(push.subscribe().request("en", "/")).statusCode(201).extract().path("id");

    new Subscriber(tenant, "ben").delete(id).statusCode(204);
    new Subscriber("t-" + UUID.randomUUID(), "ann").delete(id).statusCode(204);
    ann.list().body("id", hasItem(id));

    ann.delete(id).statusCode(204);
    ann.delete(id).statusCode(204);
    ann.list().body("$", hasSize(0));
    ann.delete("no-uuid").statusCode(400);
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint, , must not be empty",
    "endpoint, ftp://push.example/x, must begin with https://",
    "endpoint, https://10.0.0.1/x, must have a public address",
    "endpoint, https://169.254.169.254/latest, must have a public address",
    "endpoint, https://user@push.example/x, must have neither user nor fragment",
    "language, de, must be one of",
    "page, https://evil.example/, must be a path",
    "page, //evil.example/, must be a path",
    "page, /a?b=c, must be a path",
    "page, /a\\b, must be a path",
    "p256dh, AAAA, must be a point",
    "p256dh, '!', must be a point",
    "p256dh, , must have p256dh and auth",
    "auth, AAAA, 16 bytes",
    "auth, , must have p256dh and auth"
  })
  void whatIsInvalidIsRefused(String field, String value, String detail) {
    Map<String, Object> body = new HashMap<>(push.subscribe().request("en", "/"));
    if (body.containsKey(field)) {
      body.put(field, value);
    } else {
      Map<Object, Object> keys = new HashMap<>((Map<?, ?>) body.get("keys"));
      keys.put(field, value);
      body.put("keys", keys);
    }

    ann.subscribe(body).statusCode(400).body("detail", containsString(detail));
    ann.list().body("$", hasSize(0));
  }

  @Test
  void unknownFieldsAndMissingKeysAreRefused() {
    ann.subscribe(Map.of("endpoint", push.subscribe().endpoint())).statusCode(400);
    Map<String, Object> body = new HashMap<>(push.subscribe().request("en", "/"));
    body.put("user_id", "ben");
    ann.subscribe(body).statusCode(400);
  }
}
