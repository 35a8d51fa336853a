package com.secureapprove.chat.faultsuite.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What happens to the stack while clients use it.
public interface Disruption {

  /// Disrupts the stack, and returns when every fault has ended.
  ///
  /// @param time the planned duration
  void run(Duration time);

  /// The number of faults of each kind that have ended.
  Map<Fault.Kind, Integer> injected();

  /// The faults that did not end.
  List<String> failures();
}
