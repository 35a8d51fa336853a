package com.secureapprove.chat.serviceplatform.outbox;

/// The id of a stream's entry: milliseconds of Redis's clock, and a number within them.
record StreamId(long ms, long seq) implements Comparable<StreamId> {
  /// Lower than every other id.
  static final StreamId NONE = new StreamId(0, 0);

  static StreamId parse(String id) {
    int dash = id.indexOf('-');
    return new StreamId(Long.parseLong(id, 0, dash, 10), Long.parseLong(id.substring(dash + 1)));
  }

  @Override
  public int compareTo(StreamId other) {
    return ms == other.ms ? Long.compare(seq, other.seq) : Long.compare(ms, other.ms);
  }

  @Override
  public String toString() {
    return ms + "-" + seq;
  }
}
