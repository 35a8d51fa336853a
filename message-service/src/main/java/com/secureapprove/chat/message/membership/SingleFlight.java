package com.secureapprove.chat.message.membership;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Single-flight for a request that many threads may need at the same time. One request runs at a
/// time. Callers that arrive while it runs share the next one, because the running one may have
/// read older state. So a burst of callers costs two requests.
final class SingleFlight {
  private final ReentrantLock lock = new ReentrantLock();
  private boolean hasResult;
  private long startedAt;
  private boolean result;
  private @Nullable ProblemException failure;

  /// Runs the request, or returns the result of one that began after this call.
  ///
  /// @throws ProblemException the failure of the request, for every caller that shares it
  boolean run(BooleanSupplier request) {
    long calledAt = System.nanoTime();
    lock.lock();
    try {
      if (!hasResult || startedAt - calledAt < 0) {
        start(request);
      }
      if (failure != null) {
        throw failure;
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void start(BooleanSupplier request) {
    hasResult = false;
    startedAt = System.nanoTime();
    failure = null;
    try {
      result = request.getAsBoolean();
    } catch (ProblemException e) {
      failure = e;
    }
    hasResult = true;
  }
}
