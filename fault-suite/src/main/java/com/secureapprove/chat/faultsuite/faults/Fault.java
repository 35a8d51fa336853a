package com.secureapprove.chat.faultsuite.faults;

import java.time.Duration;

/// A fault with a duration.
///
/// @param target a process, or the connections to it
public record Fault(Kind kind, String target, Duration lasts) {

  /// The kind of fault.
  public enum Kind {
    KILL("killed (SIGKILL)"),
    TERMINATE("terminated (SIGTERM)"),
    PAUSE("paused (SIGSTOP)"),
    CUT("disconnected repeatedly"),
    SLOW("slowed down"),
    LOSE_TAIL("killed, and loses its last writes"),
    LOSE_ALL("killed, and loses its data"),
    FILL("filled up"),
    UPGRADE("replaced by the newer release"),
    ROLL_BACK("replaced by the former release");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// The description, after the name of the target.
    public String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    String text = "%s is %s".formatted(target, kind.words());
    return lasts.isZero() ? text : "%s for %.1f s".formatted(text, lasts.toMillis() / 1000.0);
  }
}
