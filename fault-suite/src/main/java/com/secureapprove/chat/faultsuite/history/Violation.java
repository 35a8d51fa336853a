package com.secureapprove.chat.faultsuite.history;

/// A violated guarantee.
///
/// @param detail the observation, for people
public record Violation(Guarantee guarantee, String detail) {

  @Override
  public String toString() {
    return guarantee.description() + ": " + detail;
  }
}
