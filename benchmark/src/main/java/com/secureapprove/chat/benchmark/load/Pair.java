package com.secureapprove.chat.benchmark.load;

import java.util.List;

/// Two people with a conversation.
public record Pair(String conversation, BenchmarkPerson one, BenchmarkPerson other) {

  /// Both.
  public List<BenchmarkPerson> people() {
    return List.of(one, other);
  }

  /// Closes both connections.
  public void close() {
    people().forEach(BenchmarkPerson::close);
  }
}
