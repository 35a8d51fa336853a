package com.secureapprove.chat.faultsuite.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The result of a check: the violations, and the number of checks per guarantee. Not thread-safe.
public final class Findings {

  private final List<Violation> violations = new ArrayList<>();
  private final Map<Guarantee, Long> checked = new EnumMap<>(Guarantee.class);

  /// Counts checks of a guarantee.
  public void checked(Guarantee guarantee, long times) {
    checked.merge(guarantee, times, Long::sum);
  }

  /// Records a violation.
  public void violated(Guarantee guarantee, String detail) {
    violations.add(new Violation(guarantee, detail));
  }

  /// Records violations.
  public void violated(Collection<Violation> more) {
    violations.addAll(more);
  }

  /// Merges another result.
  public void add(Findings more) {
    violations.addAll(more.violations);
    more.checked.forEach(this::checked);
  }

  /// All violations.
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /// The number of checks of a guarantee.
  public long checked(Guarantee guarantee) {
    return checked.getOrDefault(guarantee, 0L);
  }
}
