package com.secureapprove.chat.message;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.stub.StubServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Real PostgreSQL and Redis for this module's tests, and stand-ins for the services it calls.
public class MessageStores implements QuarkusTestResourceLifecycleManager {
  static final String DATABASE = "message_test";

  private final StubServer neighbours = MessageUpstreams.start();

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = BackingServices.shared().freshFor("message", DATABASE);
    String address = neighbours.address();
    settings.put("chat.conversation.url", address);
    settings.put("chat.presence.url", address);
    settings.put("chat.attachment.url", address);
    return settings;
  }

  @Override
  public void stop() {
    neighbours.stop();
  }
}
