package com.secureapprove.chat.faultsuite.history;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The result of a check: the violations, and how often each guarantee was checked. Not safe for
/// several threads.
public final class Findings {

  private final List<Violation> violations = new ArrayList<>();
  private final Map<Promise, Long> held = new EnumMap<>(Promise.class);

  /// Counts checks of a guarantee.
  public void held(Promise promise, long times) {
    held.merge(promise, times, Long::sum);
  }

  /// A promise was not kept.
  public void broken(Promise promise, String what) {
    violations.add(new Violation(promise, what));
  }

  /// These were not kept.
  public void broken(Collection<Violation> more) {
    violations.addAll(more);
  }

  /// Adds all of another result.
  public void add(Findings more) {
    violations.addAll(more.violations);
    more.held.forEach(this::held);
  }

  /// Every promise that was not kept; none where all is good.
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /// How often something was held against a promise.
  public long held(Promise promise) {
    return held.getOrDefault(promise, 0L);
  }
}
