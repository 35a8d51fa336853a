package com.secureapprove.chat.faultsuite.clients;

import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.HistoryEvent;
import com.secureapprove.chat.faultsuite.history.ObservedMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The shared state of all clients of a run. Thread-safe.
public final class RunState {

  private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();
  private final Map<String, ObservedMessage> messages = new ConcurrentHashMap<>();
  private final Map<String, Long> read = new ConcurrentHashMap<>();
  private final Map<String, Long> requestedRead = new ConcurrentHashMap<>();
  private final ResponseChecker responses = new ResponseChecker();
  private final Collection<StoredFile> files = new ConcurrentLinkedQueue<>();
  private final Collection<DeviceLog> logs = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledged = new AtomicLong();

  /// A conversation.
  ///
  /// @param everMembers all people who were or may have been added to it
  /// @param fixed whether its members never change
  public record Conversation(
      String id, String tenant, String owner, Set<String> everMembers, boolean fixed) {

    /// The refusals that this person may get, who may not be a member at the time.
    Set<Integer> refusals(String person) {
      return fixed || owner.equals(person) ? Set.of() : Set.of(403, 404);
    }
  }

  /// The file of an acknowledged message.
  public record StoredFile(String id, String conversation, String text) {}

  /// Records a created conversation.
  public void created(String id, String tenant, String owner, List<String> members, boolean fixed) {
    Set<String> everMembers = ConcurrentHashMap.newKeySet();
    everMembers.addAll(members);
    everMembers.add(owner);
    conversations.put(id, new Conversation(id, tenant, owner, everMembers, fixed));
  }

  /// All conversations.
  public Collection<Conversation> conversations() {
    return conversations.values();
  }

  /// The refusals that a person may get in a conversation.
  Set<Integer> refusals(String conversation, String person) {
    Conversation known = conversations.get(conversation);
    return known == null ? Set.of() : known.refusals(person);
  }

  /// The conversations in which a person is or may be a member.
  List<Conversation> conversationsOf(String person) {
    return conversations.values().stream()
        .filter(conversation -> conversation.everMembers().contains(person))
        .toList();
  }

  /// Registers the log of a device, so that it receives invitations of its person.
  void register(DeviceLog log) {
    logs.add(log);
  }

  /// Records that a person is about to be added to a conversation.
  void inviteInvoked(String person, Conversation conversation) {
    conversation.everMembers().add(person);
    logsOf(person).forEach(log -> log.add(new HistoryEvent.InviteInvoked(conversation.id())));
  }

  /// Records that this person was definitely not added.
  void inviteFailed(String person, Conversation conversation) {
    logsOf(person).forEach(log -> log.add(new HistoryEvent.InviteFailed(conversation.id())));
  }

  private Stream<DeviceLog> logsOf(String person) {
    return logs.stream().filter(log -> log.person().equals(person));
  }

  /// Returns one shared instance for equal messages.
  ObservedMessage intern(ObservedMessage message) {
    ObservedMessage known = messages.putIfAbsent(message.id(), message);
    return message.equals(known) ? known : message;
  }

  void acknowledge() {
    acknowledged.incrementAndGet();
  }

  /// The number of acknowledged messages.
  public long acknowledged() {
    return acknowledged.get();
  }

  /// Records that a device is about to mark messages as read.
  void readRequested(String person, String conversation, long seq) {
    requestedRead.merge(person + " " + conversation, seq, Math::max);
  }

  /// The highest message that a device has marked as read; 0 for none.
  public long requestedRead(String person, String conversation) {
    return requestedRead.getOrDefault(person + " " + conversation, 0L);
  }

  void confirmRead(String person, String conversation, long seq) {
    read.merge(person + " " + conversation, seq, Math::max);
  }

  /// The highest confirmed read position; 0 for none.
  public long confirmedRead(String person, String conversation) {
    return read.getOrDefault(person + " " + conversation, 0L);
  }

  void addFile(StoredFile file) {
    files.add(file);
  }

  /// The files of acknowledged messages.
  public Collection<StoredFile> files() {
    return files;
  }

  /// Checks all responses to clients.
  public ResponseChecker responses() {
    return responses;
  }
}
