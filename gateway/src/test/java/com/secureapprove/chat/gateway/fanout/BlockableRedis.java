package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.localstack.BackingParts;
import com.secureapprove.chat.localstack.process.Relay;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/// Lets the gateway reach Redis only by a way that can be closed, and is closed at first.
///
/// What opens it is a system property, because tests live in another class loader.
public final class BlockableRedis implements QuarkusTestResourceLifecycleManager {
  private static final String OPEN = "test.redis.open";
  private static final String PART = "gateway";

  private Relay relay;

  @Override
  public int order() {
    return 1; // after the resource whose address is replaced
  }

  @Override
  public Map<String, String> start() {
    System.clearProperty(OPEN);
    BackingParts parts = BackingParts.shared();
    int port = parts.redis().port();
    InetSocketAddress redis = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    relay = new Relay(0, () -> Boolean.getBoolean(OPEN) ? List.of(redis) : List.of());
    return Map.of(
        "chat.redis.url", parts.redisUrl(PART).replace(":" + port + "/", ":" + relay.port() + "/"));
  }

  @Override
  public void stop() {
    relay.close();
    System.clearProperty(OPEN);
  }

  static void comes() {
    System.setProperty(OPEN, "true");
  }

  /// Connections that are open end, and new ones too.
  static void goes() {
    System.clearProperty(OPEN);
    int database = BackingParts.logicalDatabase(PART);
    BackingParts.shared().redis().tell(database, "CLIENT KILL TYPE pubsub");
    BackingParts.shared().redis().tell(database, "CLIENT KILL TYPE normal");
  }
}
