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

  /// The tenants `mailed-0` and so on have mails, with the texts of messages.
  public static final int MAILED_TENANTS = 50;

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
    settings.put("chat.public-url", "https://chat.example");
    settings.put("chat.mail.smtp.host", "127.0.0.1");
    settings.put("chat.mail.smtp.port", Integer.toString(MailStub.start()));
    settings.put("chat.mail.smtp.start-tls", "DISABLED");
    settings.put("chat.mail.digests.from", "Chat <chat@chat.example>");
    for (int tenant = 0; tenant < MAILED_TENANTS; tenant++) {
      settings.put("chat.mail.digests.content-of.mailed-" + tenant, "text");
    }
    settings.put("chat.mail.digests.content-of.mailed-names", "sender");
    settings.put("chat.mail.digests.content-of.mailed-secret", "title-only");
    settings.put("chat.mail.digests.language-of.mailed-secret", "es");
    settings.put("chat.mail.digests.page-of.mailed-names", "https://app.example/talk");
    settings.put("chat.mail.digests.quiet-time", "300ms");
    settings.put("chat.mail.digests.again-after", "1h");
    settings.put("chat.mail.digests.conversations", "2");
    settings.put("chat.mail.digests.first-delay", "100ms");
    settings.put("chat.mail.digests.max-attempts", "20");
    settings.put("chat.mail.digests.max-delay", "300ms");
    settings.put("chat.mail.digests.lease", "2s");
    settings.put("chat.mail.digests.poll-every", "100ms");
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
