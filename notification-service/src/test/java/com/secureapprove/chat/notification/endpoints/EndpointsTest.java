package com.secureapprove.chat.notification.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.secureapprove.chat.notification.Administrator;
import com.secureapprove.chat.notification.Administrator.Created;
import com.secureapprove.chat.notification.ChosenNames;
import com.secureapprove.chat.notification.NotificationStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class EndpointsTest {
  private static final String URL = "http://127.0.0.1:9/hooks";
  private final Administrator admin = Administrator.ofNewTenant();

  @Test
  void theSecretIsShownOnceOnly() {
    Created created = admin.created(URL, "message.created", "user.updated");

    assertThat(created.secret()).matches("whsec_[A-Za-z0-9+/]{43}=");
    admin
        .get("")
        .body("$", hasSize(1))
        .body("[0].url", equalTo(URL))
        .body("[0].event_types", equalTo(java.util.List.of("message.created", "user.updated")))
        .body("[0]", not(hasKey("secret")));
    admin.get(created.id()).body("$", not(hasKey("secret")));
  }

  @Test
  void anotherTenantSeesNothing() {
    Created created = admin.created(URL, "message.created");
    Administrator other = Administrator.ofNewTenant();

    other.get("").body("$", hasSize(0));
    other.get(created.id()).statusCode(404);
    other.delete(created.id()).statusCode(404);
    other.post(created.id() + "/rotate_secret/").statusCode(404);
    other.post(created.id() + "/enable/").statusCode(404);
    other.get(created.id() + "/deliveries/").statusCode(404);
    admin.get(created.id()).statusCode(200);
  }

  @Test
  void theNumberOfEndpointsIsLimited() {
    for (int i = 0; i < 5; i++) {
      admin.created(URL, "message.created");
    }

    admin.create(URL, "message.created").statusCode(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"positions_changed", "message_created", "", "notification"})
  void anUnknownTypeIsRefused(String type) {
    admin.create(URL, type).statusCode(400).body("violations[0].field", equalTo("event_types"));
  }

  @Test
  void atLeastOneTypeIsNeeded() {
    admin.create(URL).statusCode(400).body("violations[0].field", equalTo("event_types"));
  }

  /// Each is another way to name an address inside of the installation, or something that is no
  /// address to call.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks",
        "ftp://hooks.example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "javascript:alert(1)",
        "https:///hooks",
        "https://",
        "https:hooks.example.com",
        "https://user@hooks.example.com/",
        "https://user:password@127.0.0.1/",
        "https://hooks.example.com/#fragment",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:65536/",
        "https://hooks_.example.com/",
        "https://exa mple.com/",
        "https://127.0.0.1%00.example.com/",
        "https://127.0.0.1\\@example.com/",
        "https://hooks.example.com/\u00e9",
        "https://\u2460\u2461\u2466.0.0.1/",
        "http://127.0.0.2/",
        "http://127.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.0.0.1.:80/",
        "http://10.0.0.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://192.0.0.8/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:127.0.0.2]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[64:ff9b::a00:1]/",
        "http://[64:ff9b:1::a00:1]/",
        "http://[100::1]/",
        "http://[2001::1]/",
        "http://[2001:db8::1]/",
        "http://[2002:a00:1::1]/",
        "http://[fc00::1]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25lo]/",
        "http://[ff02::1]/",
        "http://local.chat.test/",
        "http://private.chat.test/",
        "http://mixed.chat.test/",
        "http://mapped.chat.test/",
        "http://93.184.215.14/",
        "http://[2606:2800:21f::1]/",
        "http://denied.chat.test/",
        "http://unknown.chat.test/"
      })
  void aUrlThatMustNotBeCalledIsRefused(String url) {
    ChosenNames.answer("private.chat.test", "10.1.2.3");
    ChosenNames.answer("local.chat.test", "::1");
    ChosenNames.answer("denied.chat.test", "93.184.216.34 93.184.215.14");
    ChosenNames.answer("mixed.chat.test", "93.184.216.34 10.1.2.3");
    ChosenNames.answer("mapped.chat.test", "::ffff:10.1.2.3");

    admin
        .create(url, "message.created")
        .statusCode(400)
        .body("violations[0].field", equalTo("url"));
  }

  @Test
  void theUrlIsNotRepeatedInTheProblem() {
    admin
        .create("http://private.chat.test/secret-path", "message.created")
        .statusCode(400)
        .body("detail", not(org.hamcrest.Matchers.containsString("secret-path")));
  }
}
