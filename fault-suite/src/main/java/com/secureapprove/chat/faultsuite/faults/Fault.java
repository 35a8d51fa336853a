package com.secureapprove.chat.faultsuite.faults;

import java.time.Duration;

/// A fault that is injected for some time.
///
/// @param target a process, or the clients of a port
public record Fault(Kind kind, String target, Duration lasts) {

  /// The kind of fault.
  public enum Kind {
    KILL("killed (SIGKILL)"),
    TERMINATE("told to end (SIGTERM)"),
    PAUSE("paused (SIGSTOP)"),
    CUT("cut off again and again"),
    SLOW("slowed down"),
    LOSE_TAIL("killed, and its last writes lost"),
    LOSE_ALL("killed, and its data lost"),
    FILL("filled up");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// Its description, after the name of the target.
    public String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return "%s is %s for %.1f s".formatted(target, kind.words(), lasts.toMillis() / 1000.0);
  }
}
