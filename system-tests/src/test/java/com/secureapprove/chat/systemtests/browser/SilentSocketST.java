package com.secureapprove.chat.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sockets that die in silence, as after sleep or a change of the network: nothing arrives and
/// nothing is closed.
@ExtendWith(RunningBrowser.class)
class SilentSocketST {
  /// Five seconds for the answer to a ping, and the time to connect on a busy machine. Without the
  /// ping it takes 45 seconds and more.
  private static final double NOTICED_MILLIS = 15_000;

  private final Suite suite;
  private final Browsers browsers;
  private final List<AtomicBoolean> dead = new CopyOnWriteArrayList<>();

  SilentSocketST(Suite suite, Browsers browsers) {
    this.suite = suite;
    this.browsers = browsers;
  }

  private Tenant tenant;
  private Desk otto;

  @BeforeEach
  void twoPeople() {
    tenant = suite.newTenant();
    tenant.enter(List.of("nina", "otto"), true);
    otto = browsers.whole(Look.DESKTOP, tenant.name(), "otto").open("Nina");
    otto.write("before");
  }

  /// A browser of nina's, whose sockets can become silent.
  private Desk nina() {
    Desk nina = browsers.desk(Look.DESKTOP);
    nina.page().addInitScript(Browsers.WHOLE_PAGE);
    nina.page().routeWebSocket("**/ws/chat/**", this::connect);
    nina.enter(suite.host().pageOf(tenant.name(), "nina")).open("Otto");
    assertThat(nina.message("before")).isVisible();
    nina.standing("live");
    return nina;
  }

  private void connect(WebSocketRoute page) {
    AtomicBoolean silent = new AtomicBoolean();
    dead.add(silent);
    WebSocketRoute server = page.connectToServer();
    page.onMessage(frame -> {
      if (!silent.get()) {
        server.send(frame.text());
      }
    });
    server.onMessage(frame -> {
      if (!silent.get()) {
        page.send(frame.text());
      }
    });
  }

  @Test
  void whoComesBackSeesWithinSecondsWhatWasMissed() {
    List<String> events =
        List.of(
            "dispatchEvent(new Event('focus'))",
            "dispatchEvent(new Event('online'))",
            "document.dispatchEvent(new Event('visibilitychange'))",
            "document.dispatchEvent(new Event('resume'))");
    List<Desk> ninas = events.stream().map(_ -> nina()).toList();
    dead.forEach(silent -> silent.set(true));
    otto.write("while you were away");
    assertThat(otto.part("message-pending")).hasCount(0);
    // a socket that received a frame in the last second is alive
    otto.page().waitForTimeout(1_500);
    for (int i = 0; i < events.size(); i++) {
      ninas.get(i).page().evaluate("() => { " + events.get(i) + " }");
    }
    for (Desk nina : ninas) {
      seen(nina.message("while you were away"));
      assertThat(nina.message("while you were away")).hasCount(1);
      nina.standing("live");
    }
  }

  @Test
  void aMessageOnADeadSocketArrivesWithinSecondsAndOnce() {
    Desk nina = nina();
    dead.forEach(silent -> silent.set(true));
    nina.write("sent into the silence");
    nina.write("and one more");
    seen(otto.message("and one more"));
    assertThat(otto.message("sent into the silence")).hasCount(1);
    assertThat(otto.message("and one more")).hasCount(1);
    assertThat(nina.part("message-pending")).hasCount(0);
    assertThat(nina.message("sent into the silence")).hasCount(1);
  }

  private static void seen(Locator message) {
    assertThat(message).isVisible(new IsVisibleOptions().setTimeout(NOTICED_MILLIS));
  }
}
