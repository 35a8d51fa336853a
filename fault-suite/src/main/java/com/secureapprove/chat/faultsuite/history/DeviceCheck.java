package com.secureapprove.chat.faultsuite.history;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Compares the observations of one device with the final state.
final class DeviceCheck {

  private final Oracle oracle;
  private final DeviceLog device;
  private final Findings findings;
  private final Map<String, BitSet> received = new HashMap<>();
  private final Map<String, BitSet> accepted = new HashMap<>();

  /// Messages that events skipped between two delivered ones, without a resync between them.
  private final Map<String, BitSet> skipped = new HashMap<>();

  private final Map<String, Long> lastDelivered = new HashMap<>();
  private final LeakDetector leaks = new LeakDetector();

  /// Messages that events delivered after the last fault.
  private final Set<ObservedMessage> finalDeliveries = new HashSet<>();

  /// Conversations that the device had to fetch after the last fault.
  private final Set<String> refetched = new HashSet<>();

  private boolean resynced;
  private boolean faultsEnded;

  /// @param findings receives violations
  DeviceCheck(Oracle oracle, DeviceLog device, Findings findings) {
    this.oracle = oracle;
    this.device = device;
    this.findings = findings;
  }

  void check(History history) {
    device.events().forEach(this::apply);
    for (ObservedMessage message : leaks.leaked()) {
      fail(Guarantee.ACCESS_ISOLATION, "%s received %s after leaving", device.device(), message);
    }
    for (FinalConversation conversation : history.conversations()) {
      if (conversation.members().contains(device.person())) {
        checkConvergence(conversation);
      }
      if (conversation.permanentMembers().contains(device.person())) {
        checkSkippedEvents(conversation);
      }
    }
    history.finalMessages().forEach(last -> checkFinalMessage(last.message()));
  }

  private void apply(HistoryEvent event) {
    switch (event) {
      case HistoryEvent.Delivered(ObservedMessage message) -> {
        observe(message);
        findings.checked(Guarantee.EXACTLY_ONCE_IN_ORDER, 1);
        inOrder(message);
        leaks.delivered(message);
        if (faultsEnded) {
          finalDeliveries.add(message);
        }
      }
      case HistoryEvent.Fetched(ObservedMessage message) -> observe(message);
      case HistoryEvent.SendInvoked _ -> {}
      case HistoryEvent.SendOk(String key, ObservedMessage message) -> {
        observe(message);
        mark(accepted, message);
        findings.checked(Guarantee.NO_LOST_ACKNOWLEDGEMENT, 1);
        if (!key.equals(message.key())
            || !device.person().equals(message.sender())
            || !oracle.isAsSent(message)) {
          fail(
              Guarantee.INTEGRITY, "%s sent %s, acknowledged as %s", device.device(), key, message);
        }
        if (!oracle.has(message)) {
          fail(
              Guarantee.NO_LOST_ACKNOWLEDGEMENT,
              "%s: acknowledged, but not stored: %s",
              device.device(),
              message);
        }
      }
      case HistoryEvent.InviteInvoked(String conversation) -> leaks.inviteInvoked(conversation);
      case HistoryEvent.InviteFailed(String conversation) -> leaks.inviteFailed(conversation);
      case HistoryEvent.Joined(String conversation) -> {
        leaks.joined(conversation);
        if (faultsEnded) {
          refetched.add(conversation);
        }
      }
      case HistoryEvent.Left(String conversation) -> leaks.left(conversation);
      case HistoryEvent.FaultsEnded _ -> faultsEnded = true;
      case HistoryEvent.Resynced _ -> {
        lastDelivered.clear();
        leaks.resynced();
        resynced = faultsEnded;
      }
    }
  }

  private void inOrder(ObservedMessage message) {
    Long before = lastDelivered.put(message.conversation(), message.seq());
    if (before != null && before >= message.seq()) {
      fail(
          Guarantee.EXACTLY_ONCE_IN_ORDER,
          "%s received %s after #%d",
          device.device(),
          message,
          before);
    }
    if (before != null && before > 0 && message.seq() > before) {
      skipped
          .computeIfAbsent(message.conversation(), _ -> new BitSet())
          .set((int) (before + 1), (int) message.seq());
    }
  }

  private void observe(ObservedMessage message) {
    findings.checked(Guarantee.ACCESS_ISOLATION, 1);
    findings.checked(Guarantee.TOTAL_ORDER, 1);
    FinalConversation conversation = oracle.conversation(message.conversation());
    if (conversation == null
        || !conversation.tenant().equals(device.tenant())
        || !conversation.everMembers().contains(device.person())) {
      fail(Guarantee.ACCESS_ISOLATION, "%s observed %s", device.device(), message);
      return;
    }
    if (!oracle.has(message)) {
      fail(
          Guarantee.TOTAL_ORDER,
          "%s observed %s, which differs from the final state",
          device.device(),
          message);
    }
    mark(received, message);
  }

  private static void mark(Map<String, BitSet> marks, ObservedMessage message) {
    if (message.seq() > 0) {
      marks.computeIfAbsent(message.conversation(), _ -> new BitSet()).set((int) message.seq());
    }
  }

  /// Own messages are excluded: the acknowledgement delivers them, and no event has to.
  private void checkSkippedEvents(FinalConversation conversation) {
    BitSet lost = skipped.getOrDefault(conversation.id(), new BitSet());
    lost.andNot(accepted.getOrDefault(conversation.id(), new BitSet()));
    if (!lost.isEmpty()) {
      fail(
          Guarantee.EXACTLY_ONCE_IN_ORDER,
          "%s received no event for %s in %s, but later events",
          device.device(),
          lost,
          conversation.id());
    }
  }

  private void checkConvergence(FinalConversation conversation) {
    int all = oracle.messages(conversation.id()).size();
    findings.checked(Guarantee.CONVERGENCE, all);
    BitSet present = received.getOrDefault(conversation.id(), new BitSet());
    int missing = present.nextClearBit(1);
    if (missing <= all) {
      fail(
          Guarantee.CONVERGENCE,
          "%s of %s misses #%d and %d more of %d in %s",
          device.device(),
          device.person(),
          missing,
          all - present.cardinality() - 1,
          all,
          conversation.id());
    }
  }

  /// An event must deliver the final message, unless the device had to fetch at that time.
  private void checkFinalMessage(ObservedMessage last) {
    FinalConversation conversation = oracle.conversation(last.conversation());
    if (conversation == null) {
      return;
    }
    boolean observed = received.getOrDefault(conversation.id(), new BitSet()).get((int) last.seq());
    if (!conversation.members().contains(device.person())) {
      if (observed) {
        fail(Guarantee.ACCESS_ISOLATION, "%s, not a member, observed %s", device.device(), last);
      }
      return;
    }
    boolean mayFetch = resynced || refetched.contains(conversation.id());
    if (!finalDeliveries.contains(last) && !(observed && mayFetch)) {
      fail(Guarantee.CONVERGENCE, "%s received no event for %s", device.device(), last);
    }
  }

  private void fail(Guarantee guarantee, String what, Object... arguments) {
    findings.violated(guarantee, what.formatted(arguments));
  }
}
