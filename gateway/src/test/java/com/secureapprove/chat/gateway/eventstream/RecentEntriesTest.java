package com.secureapprove.chat.gateway.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {
  private final RecentEntries recent = new RecentEntries(3, 100);

  @Test
  void reachesBackToThePositionBeforeTheFirstEntry() {
    StreamPosition start = StreamPosition.beginning(0);
    recent.restart(start);
    List<StreamEntry> entries = List.of(entry(1, 1), entry(2, 1), entry(3, 1), entry(4, 1));
    entries.forEach(recent::add);
    assertThat(recent.reachBackTo(start)).isFalse();
    StreamPosition evicted = entries.getFirst().position();
    assertThat(recent.reachBackTo(evicted)).isTrue();
    assertThat(recent.between(evicted, entries.get(2).position()))
        .containsExactly(entries.get(1), entries.get(2));
  }

  @Test
  void evictsByBytesToo() {
    recent.restart(StreamPosition.beginning(0));
    StreamEntry first = entry(1, 60);
    StreamEntry second = entry(2, 60);
    recent.add(first);
    recent.add(second);
    assertThat(recent.between(first.position(), second.position())).containsExactly(second);
    assertThat(recent.reachBackTo(first.position())).isTrue();
  }

  @Test
  void anEntryWithTheSameIdAndOtherContentIsAnotherPosition() {
    recent.restart(StreamPosition.beginning(0));
    recent.add(entry(1, 1));
    assertThat(recent.reachBackTo(StreamPosition.of(0, "1-0", "other"))).isFalse();
  }

  private static StreamEntry entry(long id, int size) {
    return new StreamEntry(StreamPosition.of(0, id + "-0", "payload " + id), null, size);
  }
}
