package com.secureapprove.chat.systemtests.chaos.history;

/// A promise that was not kept.
///
/// @param what the case, for people
public record Violation(Promise promise, String what) {

  /// What is promised.
  public enum Promise {
    ACKNOWLEDGED_IS_KEPT("every acknowledged message is there, once, as it was acknowledged"),
    AS_IT_WAS_SENT("every message is one that its sender sent, where and as it was sent"),
    NO_GAP("the messages of a conversation are numbered 1, 2, 3 …"),
    SENT_TWICE_IS_SENT_ONCE("a client's key names one message in a conversation"),
    ONE_ORDER("all members see the same messages in the same order"),
    DELIVERED_ONCE("events bring every message, once, and in order"),
    NOT_YOURS_NOT_SEEN("nobody sees what they may not"),
    CAUGHT_UP("every member's device has every message in the end"),
    LISTED("a conversation is in each member's list, once"),
    UNREAD_IS_ITS_DEFINITION("unread is the number of others' messages after the read position"),
    READ_STAYS_READ("a confirmed read position never goes back"),
    READ_IS_SAID("nothing is read of which no device said so"),
    STAYS_UP("what was killed comes back, and nothing ends by itself"),
    FILES_ARE_KEPT("the file of an acknowledged message can be downloaded, byte for byte");

    private final String words;

    Promise(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return promise.words() + ": " + what;
  }
}
