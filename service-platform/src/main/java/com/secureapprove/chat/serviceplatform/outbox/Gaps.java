package com.secureapprove.chat.serviceplatform.outbox;

import java.util.ArrayList;
import java.util.List;

/// The positions below the highest one read that no committed row has. A position is drawn before
/// its transaction commits, so a missing one may still appear. It cannot appear once every
/// transaction that was running when it was missed has ended; then it belonged to one that was
/// rolled back.
///
/// For one thread.
final class Gaps {

  /// Missing positions, both ends included.
  ///
  /// @param bound a transaction id that was assigned after they were missed
  record Gap(long from, long to, long bound) {}

  private final List<Gap> gaps = new ArrayList<>();
  private long highest;

  Gaps(long highest) {
    this.highest = highest;
  }

  /// The highest position that was read.
  long highest() {
    return highest;
  }

  /// All positions up to here are accounted for.
  long complete() {
    return gaps.isEmpty() ? highest : gaps.getFirst().from() - 1;
  }

  List<Gap> open() {
    return List.copyOf(gaps);
  }

  /// Whether positions are missing between the highest one and these.
  ///
  /// @param positions ascending
  boolean misses(List<Long> positions) {
    List<Long> above = positions.stream().filter(position -> position > highest).toList();
    return !above.isEmpty() && above.getLast() - highest != above.size();
  }

  /// Takes note of rows that were read in one snapshot: all rows in the open gaps, and the next
  /// rows above the highest position.
  ///
  /// The `xmax` of a snapshot is no bound for a new gap: it is one past the highest id that has
  /// ended, and a running transaction may have a higher one.
  ///
  /// @param positions ascending
  /// @param xmin the oldest transaction that was still running in that snapshot
  /// @param bound a transaction id that was assigned after that snapshot; needed if a position
  ///   [#misses]
  void read(List<Long> positions, long xmin, long bound) {
    List<Gap> open = new ArrayList<>();
    int next = 0;
    for (Gap gap : gaps) {
      long from = gap.from();
      while (next < positions.size() && positions.get(next) <= gap.to()) {
        add(open, from, positions.get(next) - 1, gap.bound(), xmin);
        from = positions.get(next) + 1;
        next++;
      }
      add(open, from, gap.to(), gap.bound(), xmin);
    }
    for (; next < positions.size(); next++) {
      long position = positions.get(next);
      add(open, highest + 1, position - 1, bound, xmin);
      highest = position;
    }
    gaps.clear();
    gaps.addAll(open);
  }

  /// Keeps a gap unless it is empty or can no longer be filled.
  private static void add(List<Gap> open, long from, long to, long bound, long xmin) {
    if (from <= to && xmin < bound) {
      open.add(new Gap(from, to, bound));
    }
  }
}
