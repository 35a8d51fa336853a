package com.secureapprove.chat.gateway.limits;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A bulkhead that is shared fairly: a fixed number of permits. Each tenant and each person can
/// hold a part of them.
///
/// 1. A request gets a permit immediately if one is free and its person and tenant hold fewer than
///    their part.
/// 2. Otherwise it waits. A released permit goes to the next tenant with a waiting request, and
///    within the tenant to the next person (round-robin). So one request of a person is next after
///    at most one request of each other person.
/// 3. A request is refused with 429 if its person has too many waiting requests, or if it waited
///    too long because its person or tenant holds its part. It is refused with 503 if it waited too
///    long because of others.
/// 4. If the whole queue is full, the newest request of the person with the longest queue in the
///    tenant with the longest queue makes room.
///
/// Thread-safe. A waiting future completes on the thread that releases a permit.
public final class FairPermits {
  private static final int RETRY_AFTER_SECONDS = 2;

  /// The size of the bulkhead.
  ///
  /// @param permits how many requests can hold a permit
  /// @param perTenant how many of them can belong to one tenant
  /// @param perPerson how many of them can belong to one person
  /// @param queue how many requests can wait
  /// @param queuePerPerson how many of them can belong to one person
  public record Size(int permits, int perTenant, int perPerson, int queue, int queuePerPerson) {
    public Size {
      if (perPerson < 1 || perTenant < perPerson || permits < perTenant) {
        throw new IllegalArgumentException(
            "1 <= perPerson <= perTenant <= permits is required: %d, %d, %d"
                .formatted(perPerson, perTenant, permits));
      }
    }
  }

  /// A permit that is held until its release. A second release has no effect.
  public final class Permit {
    private final Share share;
    private final AtomicBoolean released = new AtomicBoolean();

    private Permit(Share share) {
      this.share = share;
    }

    /// Returns the permit, which the next waiting request gets.
    public void release() {
      if (released.compareAndSet(false, true)) {
        FairPermits.this.release(share);
      }
    }
  }

  private record Waiter(Share share, Promise<Permit> promise) {}

  private static final class Person {
    private int held;
    private boolean isNext;
    private final Deque<Waiter> queue = new ArrayDeque<>();
  }

  private static final class Tenant {
    private int held;
    private int waiting;
    private boolean isNext;
    private final Map<String, Person> people = new HashMap<>();

    /// The people with a waiting request who hold less than their part, in the order of their turn.
    private final Deque<Person> next = new ArrayDeque<>();
  }

  private final Vertx vertx;
  private final Size size;
  private final Map<String, Tenant> tenants = new HashMap<>();

  /// The tenants with such a person that hold less than their part, in the order of their turn.
  private final Deque<Tenant> next = new ArrayDeque<>();

  private int held;
  private int waiting;

  public FairPermits(Vertx vertx, Size size) {
    this.vertx = vertx;
    this.size = size;
  }

  /// Acquires a permit, immediately or after waiting.
  ///
  /// @param timeout how long the request may wait
  /// @return fails with a [ProblemException] of 429 or 503 with `Retry-After`
  public Future<Permit> acquire(Share share, Duration timeout) {
    Promise<Permit> promise = Promise.promise();
    Waiter waiter = new Waiter(share, promise);
    Promise<Permit> displaced = null;
    synchronized (this) {
      Tenant tenant = tenants.computeIfAbsent(share.tenant(), _ -> new Tenant());
      Person person = tenant.people.computeIfAbsent(share.person(), _ -> new Person());
      if (held < size.permits() && canTake(tenant, person, share) && person.queue.isEmpty()) {
        take(tenant, person);
        return Future.succeededFuture(new Permit(share));
      }
      if (person.queue.size() >= queueOf(share)) {
        return Future.failedFuture(tooManyOwn());
      }
      if (waiting >= size.queue()) {
        displaced = makeRoom(tenant, person);
        if (displaced == null) {
          forgetIfIdle(share);
          return Future.failedFuture(busy());
        }
      }
      person.queue.add(waiter);
      tenant.waiting++;
      waiting++;
      enqueue(tenant, person, share);
    }
    if (displaced != null) {
      displaced.tryFail(tooManyOwn());
    }
    long timer = vertx.setTimer(timeout.toMillis(), _ -> expire(waiter));
    return promise.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  /// How many permits are held.
  synchronized int held() {
    return held;
  }

  /// How many requests wait.
  synchronized int waiting() {
    return waiting;
  }

  private int queueOf(Share share) {
    return share.isWholeTenant() ? size.queue() : size.queuePerPerson();
  }

  private boolean canTake(Tenant tenant, Person person, Share share) {
    return tenant.held < size.perTenant()
        && (share.isWholeTenant() || person.held < size.perPerson());
  }

  private void take(Tenant tenant, Person person) {
    held++;
    tenant.held++;
    person.held++;
  }

  /// Gives the person and the tenant a turn if they have a waiting request that can run.
  private void enqueue(Tenant tenant, Person person, Share share) {
    boolean mayRun = share.isWholeTenant() || person.held < size.perPerson();
    if (!person.isNext && !person.queue.isEmpty() && mayRun) {
      person.isNext = true;
      tenant.next.add(person);
    }
    if (!tenant.isNext && !tenant.next.isEmpty() && tenant.held < size.perTenant()) {
      tenant.isNext = true;
      next.add(tenant);
    }
  }

  private void release(Share share) {
    List<Waiter> granted = new ArrayList<>();
    synchronized (this) {
      Tenant tenant = tenants.get(share.tenant());
      Person person = tenant == null ? null : tenant.people.get(share.person());
      if (tenant == null || person == null) {
        throw new IllegalStateException("A permit was released that is not held");
      }
      held--;
      tenant.held--;
      person.held--;
      enqueue(tenant, person, share);
      while (held < size.permits()) {
        Waiter waiter = nextWaiter();
        if (waiter == null) {
          break;
        }
        granted.add(waiter);
      }
      forgetIfIdle(share);
    }
    for (Waiter waiter : granted) {
      Permit permit = new Permit(waiter.share());
      if (!waiter.promise().tryComplete(permit)) {
        permit.release();
      }
    }
  }

  /// Takes a permit for the request whose turn it is.
  private @Nullable Waiter nextWaiter() {
    for (Tenant tenant = next.poll(); tenant != null; tenant = next.poll()) {
      tenant.isNext = false;
      for (Person person = tenant.next.poll(); person != null; person = tenant.next.poll()) {
        person.isNext = false;
        Waiter waiter = person.queue.poll();
        if (waiter != null) {
          waiting--;
          tenant.waiting--;
          take(tenant, person);
          enqueue(tenant, person, waiter.share());
          return waiter;
        }
      }
    }
    return null;
  }

  /// Removes the newest request of the longest queue, unless that is the caller's.
  private @Nullable Promise<Permit> makeRoom(Tenant tenant, Person person) {
    Comparator<Tenant> byWaiting = Comparator.comparingInt(each -> each.waiting);
    Tenant busiest = tenants.values().stream().max(byWaiting).orElse(tenant);
    Comparator<Person> byQueue = Comparator.comparingInt(each -> each.queue.size());
    Person longest = busiest.people.values().stream().max(byQueue).orElse(person);
    boolean isLonger =
        busiest == tenant
            ? longest.queue.size() > person.queue.size() + 1
            : busiest.waiting > tenant.waiting + 1;
    Waiter newest = isLonger ? longest.queue.pollLast() : null;
    if (newest == null) {
      return null;
    }
    waiting--;
    busiest.waiting--;
    return newest.promise();
  }

  private void expire(Waiter waiter) {
    boolean isOwnLoad;
    synchronized (this) {
      Share share = waiter.share();
      Tenant tenant = tenants.get(share.tenant());
      Person person = tenant == null ? null : tenant.people.get(share.person());
      if (tenant == null || person == null || !person.queue.remove(waiter)) {
        return; // it got its permit
      }
      waiting--;
      tenant.waiting--;
      isOwnLoad = !canTake(tenant, person, share);
      forgetIfIdle(share);
    }
    waiter.promise().tryFail(isOwnLoad ? tooManyOwn() : busy());
  }

  private void forgetIfIdle(Share share) {
    Tenant tenant = tenants.get(share.tenant());
    if (tenant == null) {
      return;
    }
    Person person = tenant.people.get(share.person());
    if (person != null && person.held == 0 && person.queue.isEmpty()) {
      tenant.people.remove(share.person());
      tenant.next.remove(person);
    }
    if (tenant.people.isEmpty()) {
      tenants.remove(share.tenant());
      next.remove(tenant);
    }
  }

  private static ProblemException tooManyOwn() {
    return ProblemException.retryAfter(
        Problem.RATE_LIMITED, "Too many requests at the same time", RETRY_AFTER_SECONDS);
  }

  private static ProblemException busy() {
    return ProblemException.retryAfter(
        Problem.UNAVAILABLE, "Too many requests are waiting", RETRY_AFTER_SECONDS);
  }
}
