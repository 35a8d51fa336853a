package com.secureapprove.chat.faultsuite.history;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks a history against the guarantees.
public final class Checker {

  private final Oracle oracle;
  private final Findings findings = new Findings();

  private Checker(Oracle oracle) {
    this.oracle = oracle;
  }

  /// The violations, none for a valid history, and the number of checks per guarantee.
  public static Findings check(History history) {
    Oracle oracle = new Oracle(history);
    Checker checker = new Checker(oracle);
    history.conversations().forEach(checker::checkConversation);
    for (DeviceLog device : history.devices()) {
      new DeviceCheck(oracle, device, checker.findings).check(history);
    }
    history.finalMessages().forEach(checker::checkFinalMessage);
    history.readStates().forEach(checker::checkReadState);
    history
        .conversations()
        .forEach(conversation -> checker.checkListed(conversation, history.readStates()));
    return checker.findings;
  }

  private void checkConversation(FinalConversation conversation) {
    List<ObservedMessage> messages = oracle.messages(conversation.id());
    findings.checked(Guarantee.GAPLESS_SEQUENCE, messages.size());
    findings.checked(Guarantee.IDEMPOTENT_SENDS, messages.size());
    findings.checked(Guarantee.INTEGRITY, messages.size());
    conversation
        .stored()
        .forEach((reader, view) -> {
          if (!messages.equals(view)) {
            fail(
                Guarantee.TOTAL_ORDER,
                "%s: %s reads different messages",
                conversation.id(),
                reader);
          }
        });
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      ObservedMessage message = messages.get(i);
      if (message.seq() != i + 1) {
        fail(Guarantee.GAPLESS_SEQUENCE, "position %d has %s", i + 1, message);
      }
      if (!keys.add(message.sender() + " " + message.key())) {
        fail(Guarantee.IDEMPOTENT_SENDS, "%s is stored twice", message);
      }
      if (!oracle.isAsSent(message)) {
        fail(Guarantee.INTEGRITY, "nobody sent %s", message);
      }
      if (!conversation.everMembers().contains(message.sender())) {
        fail(Guarantee.ACCESS_ISOLATION, "sender was never a member: %s", message);
      }
    }
  }

  private void checkFinalMessage(FinalMessage sent) {
    ObservedMessage message = sent.message();
    if (!message.sender().equals(sent.owner())
        || !message.key().equals(sent.sent().key())
        || !oracle.isAsSent(message)) {
      fail(
          Guarantee.INTEGRITY,
          "%s sent %s, acknowledged as %s",
          sent.owner(),
          sent.sent(),
          message);
    }
    if (!oracle.has(message)) {
      fail(
          Guarantee.NO_LOST_ACKNOWLEDGEMENT,
          "%s: acknowledged, but not stored: %s",
          sent.owner(),
          message);
    }
  }

  private void checkReadState(FinalReadState readState) {
    findings.checked(Guarantee.UNREAD_COUNT, 1);
    findings.checked(Guarantee.MONOTONIC_READ_POSITION, readState.confirmedRead() > 0 ? 1 : 0);
    findings.checked(Guarantee.NO_SPURIOUS_READ, 1);
    FinalConversation conversation = oracle.conversation(readState.conversation());
    if (conversation == null || !conversation.members().contains(readState.person())) {
      fail(Guarantee.ACCESS_ISOLATION, "non-member has %s", readState);
      return;
    }
    List<ObservedMessage> all = oracle.messages(readState.conversation());
    if (readState.lastSeq() != all.size()) {
      fail(Guarantee.UNREAD_COUNT, "%d messages stored: %s", all.size(), readState);
    }
    long unread =
        all.stream()
            .filter(message -> message.seq() > readState.readSeq())
            .filter(message -> !message.sender().equals(readState.person()))
            .count();
    // Unread messages of a later member count from joining on; clients do not know that position.
    if (readState.unread() > unread || (readState.permanent() && readState.unread() < unread)) {
      fail(Guarantee.UNREAD_COUNT, "expected %d unread: %s", unread, readState);
    }
    if (readState.readSeq() < readState.confirmedRead() || readState.readSeq() > all.size()) {
      fail(Guarantee.MONOTONIC_READ_POSITION, "%s", readState);
    }
    if (readState.readSeq() > readState.requestedRead()) {
      fail(Guarantee.NO_SPURIOUS_READ, "%s", readState);
    }
  }

  private void checkListed(FinalConversation conversation, List<FinalReadState> readStates) {
    Map<String, Long> listed =
        readStates.stream()
            .filter(readState -> readState.conversation().equals(conversation.id()))
            .collect(Collectors.groupingBy(FinalReadState::person, Collectors.counting()));
    findings.checked(Guarantee.LISTED_ONCE, conversation.members().size());
    for (String member : conversation.members()) {
      long times = listed.getOrDefault(member, 0L);
      if (times != 1) {
        fail(
            Guarantee.LISTED_ONCE,
            "%s is listed %d times for %s",
            conversation.id(),
            times,
            member);
      }
    }
  }

  private void fail(Guarantee guarantee, String what, Object... arguments) {
    findings.violated(guarantee, what.formatted(arguments));
  }
}
