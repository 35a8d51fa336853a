package com.secureapprove.chat.gateway.eventstream;

import com.secureapprove.chat.localstack.process.TcpProxy;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/// Connects the gateway to Redis through a proxy that tests can block. It is blocked at first.
///
/// A system property opens it, because tests run in another class loader.
public final class BlockableRedis implements QuarkusTestResourceLifecycleManager {
  private static final String OPEN_PROPERTY = "test.redis.open";
  private static final String PART = "gateway";

  private TcpProxy proxy;

  @Override
  public int order() {
    return 1; // after RealBacking, whose Redis address this replaces
  }

  @Override
  public Map<String, String> start() {
    System.clearProperty(OPEN_PROPERTY);
    BackingServices backing = BackingServices.shared();
    int port = backing.redis().port();
    InetSocketAddress redis = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    proxy = new TcpProxy(0, () -> Boolean.getBoolean(OPEN_PROPERTY) ? List.of(redis) : List.of());
    return Map.of(
        "chat.redis.url",
        backing.redisUrl(PART).replace(":" + port + "/", ":" + proxy.port() + "/"));
  }

  @Override
  public void stop() {
    proxy.close();
    System.clearProperty(OPEN_PROPERTY);
  }

  static void open() {
    System.setProperty(OPEN_PROPERTY, "true");
  }

  /// Closes the open connections and refuses new ones.
  static void block() {
    System.clearProperty(OPEN_PROPERTY);
    int database = BackingServices.logicalDatabase(PART);
    BackingServices.shared().redis().tell(database, "CLIENT KILL TYPE pubsub");
    BackingServices.shared().redis().tell(database, "CLIENT KILL TYPE normal");
  }
}
