package com.secureapprove.chat.systemtests.chaos.faults;

import java.time.Duration;

/// Something that is done to somebody for a while.
///
/// @param target a process, or those that connect to something
public record Fault(Kind kind, String target, Duration lasts) {

  /// What is done.
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

    /// What it is, after the name of the target.
    public String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return "%s is %s for %.1f s".formatted(target, kind.words(), lasts.toMillis() / 1000.0);
  }
}
