package com.secureapprove.chat.message.membership;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A question that many may have at once: one is under way at a time, and whoever comes meanwhile
/// shares the next. So nobody is given an answer to a question that was put before theirs, and a
/// crowd costs two.
final class SingleFlight {
  private final ReentrantLock lock = new ReentrantLock();
  private boolean isAnswered;
  private long putAt;
  private boolean answer;
  private @Nullable ProblemException failure;

  /// @throws ProblemException what the question threw, for whom it was put or who shares it
  boolean ask(BooleanSupplier question) {
    long cameAt = System.nanoTime();
    lock.lock();
    try {
      if (!isAnswered || putAt - cameAt < 0) {
        put(question);
      }
      if (failure != null) {
        throw failure;
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  private void put(BooleanSupplier question) {
    isAnswered = false;
    putAt = System.nanoTime();
    failure = null;
    try {
      answer = question.getAsBoolean();
    } catch (ProblemException e) {
      failure = e;
    }
    isAnswered = true;
  }
}
