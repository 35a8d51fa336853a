package com.secureapprove.chat.notification;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// Runs the service under test against real stores, which are empty at the start. Delays are short,
/// and receivers on 127.0.0.1 may be called. All other private addresses stay forbidden.
public final class NotificationStores implements QuarkusTestResourceLifecycleManager {
  static final String PART = "notification";

  /// Of the example in RFC 8291.
  public static final String PUSH_PUBLIC_KEY =
      "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";

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
    String upstreams = NotificationUpstreams.start();
    settings.put("chat.conversation.url", upstreams);
    settings.put("chat.presence.url", upstreams);
    settings.put("chat.push.server.public-key", PUSH_PUBLIC_KEY);
    settings.put("chat.push.server.private-key", "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    settings.put("chat.push.server.contact", "mailto:ops@chat.example");
    settings.put("chat.push.subscriptions.per-person", "3");
    settings.put("chat.push.messages.content", "text");
    settings.put("chat.push.messages.content-of.secretive", "title-only");
    settings.put("chat.push.messages.content-of.names", "sender");
    settings.put("chat.push.messages.first-delay", "20ms");
    settings.put("chat.push.messages.max-attempts", "3");
    settings.put("chat.push.messages.poll-every", "100ms");
    settings.put("chat.push.messages.check-online-again-after", "200ms");
    return settings;
  }

  @Override
  public void stop() {}

  /// The number that a query returns.
  public static int number(String sql) {
    try (Connection connection = BackingServices.shared().superuser(DATABASE);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
