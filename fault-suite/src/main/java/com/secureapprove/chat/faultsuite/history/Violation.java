package com.secureapprove.chat.faultsuite.history;

/// A promise that was not kept.
///
/// @param what the case, for people
public record Violation(Promise promise, String what) {

  /// The guarantee.
  public enum Promise {
    TESTED("messages, events and faults were there to be held against the rest", "run"),
    ACKNOWLEDGED_IS_KEPT(
        "every acknowledged message is there, once, as it was acknowledged", "acknowledgements"),
    AS_IT_WAS_SENT(
        "every message is one that its sender sent, where and as it was sent", "messages"),
    NO_GAP("the messages of a conversation are numbered 1, 2, 3 …", "messages"),
    SENT_TWICE_IS_SENT_ONCE("a client's key names one message in a conversation", "messages"),
    ONE_ORDER("all members see the same messages in the same order", "looks at a message"),
    DELIVERED_ONCE("events bring every message, once, and in order", "events"),
    NOT_YOURS_NOT_SEEN("nobody sees what they may not", "looks and attempts"),
    CAUGHT_UP("every member's device has every message in the end", "messages on devices"),
    LISTED("a conversation is in each member's list, once", "places in lists"),
    UNREAD_IS_ITS_DEFINITION(
        "unread is the number of others' messages after the read position", "places in lists"),
    READ_STAYS_READ("a confirmed read position never goes back", "confirmed positions"),
    READ_IS_SAID("nothing is read of which no device said so", "positions"),
    ANSWERS_AS_PROMISED(
        "nobody is told what faults do not excuse", "answers, refusals and closings"),
    SETTLES("every device is connected, and has sent and fetched all, in the end", "devices"),
    STAYS_UP("what was killed comes back, and nothing ends by itself", "faults"),
    NOTHING_SET_ASIDE("no part meets an error of its own, or sets an event aside", "lines of logs"),
    FILES_ARE_KEPT("the file of an acknowledged message can be downloaded, byte for byte", "files");

    private final String words;
    private final String heldAgainst;

    Promise(String words, String heldAgainst) {
      this.words = words;
      this.heldAgainst = heldAgainst;
    }

    public String words() {
      return words;
    }

    /// What was checked, in the plural.
    public String heldAgainst() {
      return heldAgainst;
    }
  }

  @Override
  public String toString() {
    return promise.words() + ": " + what;
  }
}
