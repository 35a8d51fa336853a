package com.secureapprove.chat.attachment.thumbnails;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs jobs one at a time on a thread. Tenants take turns, and so do the persons of a tenant
/// (round-robin). Many jobs of one person therefore delay a job of another by one job. Thread-safe.
final class FairQueue implements AutoCloseable {

  private static final class Job<T> extends FutureTask<T> {
    private final String tenant;
    private final String person;
    private final Condition started;
    private boolean isStarted;

    Job(String tenant, String person, Supplier<T> work, Condition started) {
      super(work::get);
      this.tenant = tenant;
      this.person = person;
      this.started = started;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  /// The jobs by tenant and person, in the order of their next turn. Neither map has empty values.
  private final Map<String, Map<String, ArrayDeque<Job<?>>>> waiting = new LinkedHashMap<>();

  private final Thread worker;
  private boolean closed;

  FairQueue(String name) {
    worker = Thread.ofPlatform().name(name).daemon().start(this::work);
  }

  /// Runs a job and waits for its result. The job must end by itself.
  ///
  /// @param wait for the turn of the job
  /// @return empty if its turn did not come in time
  <T> Optional<T> run(String tenant, String person, Duration wait, Supplier<T> work) {
    Job<T> job = new Job<>(tenant, person, work, lock.newCondition());
    try {
      if (!isStarted(job, wait)) {
        return Optional.empty();
      }
      return Optional.of(job.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The job failed", e.getCause());
    }
  }

  private boolean isStarted(Job<?> job, Duration wait) throws InterruptedException {
    lock.lock();
    try {
      waiting
          .computeIfAbsent(job.tenant, _ -> new LinkedHashMap<>())
          .computeIfAbsent(job.person, _ -> new ArrayDeque<>())
          .add(job);
      arrived.signal();
      long left = wait.toNanos();
      while (!job.isStarted && !closed && left > 0) {
        left = job.started.awaitNanos(left);
      }
      return job.isStarted;
    } finally {
      if (!job.isStarted) {
        remove(job);
      }
      lock.unlock();
    }
  }

  private void remove(Job<?> job) {
    Map<String, ArrayDeque<Job<?>>> persons = waiting.get(job.tenant);
    ArrayDeque<Job<?>> jobs = persons == null ? null : persons.get(job.person);
    if (persons != null && jobs != null && jobs.remove(job) && jobs.isEmpty()) {
      persons.remove(job.person);
      if (persons.isEmpty()) {
        waiting.remove(job.tenant);
      }
    }
  }

  private void work() {
    for (Job<?> job = next(); job != null; job = next()) {
      job.run();
    }
  }

  /// Waits for the next job; null after [#close].
  private @Nullable Job<?> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      if (closed) {
        return null;
      }
      Job<?> job = takeFirst();
      job.isStarted = true;
      job.started.signal();
      return job;
    } finally {
      lock.unlock();
    }
  }

  /// Takes the job whose turn it is. Its tenant and its person go to the end.
  private Job<?> takeFirst() {
    Map.Entry<String, Map<String, ArrayDeque<Job<?>>>> tenant = removeFirst(waiting);
    Map.Entry<String, ArrayDeque<Job<?>>> person = removeFirst(tenant.getValue());
    Job<?> job = person.getValue().remove();
    if (!person.getValue().isEmpty()) {
      tenant.getValue().put(person.getKey(), person.getValue());
    }
    if (!tenant.getValue().isEmpty()) {
      waiting.put(tenant.getKey(), tenant.getValue());
    }
    return job;
  }

  private static <V> Map.Entry<String, V> removeFirst(Map<String, V> map) {
    Iterator<Map.Entry<String, V>> entries = map.entrySet().iterator();
    Map.Entry<String, V> first = entries.next();
    Map.Entry<String, V> copy = Map.entry(first.getKey(), first.getValue());
    entries.remove();
    return copy;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
      waiting
          .values()
          .forEach(persons ->
              persons.values().forEach(jobs -> jobs.forEach(job -> job.started.signal())));
    } finally {
      lock.unlock();
    }
  }
}
