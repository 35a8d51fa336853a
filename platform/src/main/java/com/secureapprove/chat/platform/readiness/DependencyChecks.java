package com.secureapprove.chat.platform.readiness;

import com.secureapprove.chat.platform.outage.Backoff;
import com.secureapprove.chat.platform.outage.Reason;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// The readiness check of wrong configurations. A component is ready after each [Dependency] has
/// succeeded once. Afterwards an outage does not make it unready, because it still answers what it
/// can.
///
/// Each dependency is probed with exponential back-off. It logs one line per change of its state,
/// and at most one in ten seconds if its reasons alternate.
@Startup(Interceptor.Priority.LIBRARY_AFTER) // after the Redis client, which one thread must create
@Singleton
@Readiness
class DependencyChecks implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(DependencyChecks.class);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final String NOT_PROBED = "not probed yet";

  private final List<Dependency> dependencies;

  /// Why each dependency that has never succeeded is not ready, by its name.
  private final Map<String, String> pending = new ConcurrentHashMap<>();

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  DependencyChecks(@All List<Dependency> dependencies) {
    this.dependencies = dependencies;
    dependencies.forEach(each -> pending.put(each.name(), NOT_PROBED));
  }

  @PostConstruct
  void start() {
    dependencies.forEach(each ->
        threads.add(
            Thread.ofVirtual()
                .name("dependency-" + each.name())
                .start(() -> probeUntilReady(each))));
  }

  /// The clients of the dependencies close before this bean is destroyed.
  void onShutdown(@Observes ShutdownEvent event) {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }

  private void probeUntilReady(Dependency dependency) {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    String name = dependency.name();
    String logged = "";
    long loggedAt = 0;
    while (!stopped) {
      try {
        dependency.probe();
        boolean hadFailed = !NOT_PROBED.equals(pending.remove(name));
        if (hadFailed) {
          LOG.infof("dependency_ready dependency=%s", name);
        }
        return;
      } catch (InterruptedException _) {
        return;
      } catch (Exception e) {
        if (stopped) {
          return;
        }
        String reason = Reason.of(e);
        pending.put(name, reason);
        boolean mayLog = logged.isEmpty() || System.nanoTime() - loggedAt > BETWEEN_LINES.toNanos();
        if (mayLog && !reason.equals(logged)) {
          LOG.errorf("dependency_not_ready dependency=%s reason=%s", name, reason);
          logged = reason;
          loggedAt = System.nanoTime();
        }
      }
      if (!backoff.pause()) {
        return;
      }
    }
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("dependencies").status(pending.isEmpty());
    pending.forEach(response::withData);
    return response.build();
  }
}
