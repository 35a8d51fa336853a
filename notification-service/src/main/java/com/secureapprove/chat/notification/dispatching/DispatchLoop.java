package com.secureapprove.chat.notification.dispatching;

import com.secureapprove.chat.platform.outage.Backoff;
import com.secureapprove.chat.platform.problem.Dependencies;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One thread that looks for due deliveries: after each [#wake], and at a fixed interval. If the
/// database fails, it waits longer and looks again.
public final class DispatchLoop {
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  /// Looks for due deliveries and starts their attempts.
  public interface Pass {
    void run() throws Exception;
  }

  private final Duration pollEvery;
  private final Dependencies dependencies;
  private final Pass pass;
  private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
  private final Semaphore wakeups = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopped;

  /// @param name of the thread
  public DispatchLoop(String name, Duration pollEvery, Dependencies dependencies, Pass pass) {
    this.pollEvery = pollEvery;
    this.dependencies = dependencies;
    this.pass = pass;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Ends after the present pass, or after five seconds.
  public void stop() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join(STOPS_WITHIN);
  }

  /// Starts a pass soon. Does not block. Any thread may call it.
  public void wake() {
    wakeups.release();
  }

  private void run() {
    while (!stopped) {
      try {
        if (wakeups.tryAcquire(pollEvery.toMillis(), TimeUnit.MILLISECONDS)) {
          wakeups.drainPermits();
        }
        pass.run();
        dependencies.answered(Dependencies.DATABASE);
        backoff.reset();
      } catch (InterruptedException _) {
        return;
      } catch (Exception e) {
        if (!stopped) {
          dependencies.failed(Dependencies.DATABASE, e);
          backoff.pause();
        }
      }
    }
  }
}
