package com.secureapprove.chat.notification;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Runs the service under test against real stores, which are empty at the start. Delays are short,
/// and receivers on 127.0.0.1 may be called. All other private addresses stay forbidden.
public final class NotificationStores implements QuarkusTestResourceLifecycleManager {
  static final String PART = "notification";
  public static final String DATABASE = "notification_service_test";

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = BackingServices.shared().freshFor(PART, DATABASE);
    settings.put("quarkus.scheduler.enabled", "false"); // tests call the jobs
    settings.put("chat.outbound.allow-http", "true");
    settings.put("chat.outbound.allowed-networks", "127.0.0.1/32");
    settings.put("chat.outbound.denied-networks", "93.184.215.0/24,2606:2800::/32");
    settings.put("chat.outbound.answer-within", "4s");
    settings.put("chat.webhooks.endpoints.max", "5");
    settings.put("chat.webhooks.deliveries.max-attempts", "3");
    settings.put("chat.webhooks.deliveries.first-delay", "20ms");
    settings.put("chat.webhooks.deliveries.per-tenant", "3");
    settings.put("chat.webhooks.deliveries.per-replica", "6");
    settings.put("chat.webhooks.deliveries.poll-every", "100ms");
    return settings;
  }

  @Override
  public void stop() {}
}
