package com.secureapprove.chat.faultsuite.clients;

import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.Message;
import com.secureapprove.chat.faultsuite.history.Seen;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// What all clients of a run know between them. Safe for several threads.
public final class World {

  private final Map<String, Talk> talks = new ConcurrentHashMap<>();
  private final Map<String, Message> messages = new ConcurrentHashMap<>();
  private final Map<String, Long> read = new ConcurrentHashMap<>();
  private final Map<String, Long> saidRead = new ConcurrentHashMap<>();
  private final Answers answers = new Answers();
  private final Collection<KeptFile> files = new ConcurrentLinkedQueue<>();
  private final Collection<DeviceLog> logs = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledged = new AtomicLong();

  /// A conversation.
  ///
  /// @param everMembers all people who were or may have been added to it
  /// @param fixed whether its members never change
  public record Talk(
      String id, String tenant, String owner, Set<String> everMembers, boolean fixed) {

    /// The refusals that this person may get there: former members and people who are not yet
    /// members.
    Set<Integer> refusals(String person) {
      return fixed || owner.equals(person) ? Set.of() : Set.of(403, 404);
    }
  }

  /// The file of a message that was acknowledged.
  public record KeptFile(String id, String conversation, String text) {}

  /// A conversation was made.
  public void made(String id, String tenant, String owner, List<String> members, boolean fixed) {
    Set<String> ever = ConcurrentHashMap.newKeySet();
    ever.addAll(members);
    ever.add(owner);
    talks.put(id, new Talk(id, tenant, owner, ever, fixed));
  }

  /// The conversations so far.
  public Collection<Talk> talks() {
    return talks.values();
  }

  /// The refusals that a person may get in a conversation.
  Set<Integer> refusals(String conversation, String person) {
    Talk talk = talks.get(conversation);
    return talk == null ? Set.of() : talk.refusals(person);
  }

  /// Those that a person is in, or may be in.
  List<Talk> talksOf(String person) {
    return talks.values().stream().filter(talk -> talk.everMembers().contains(person)).toList();
  }

  /// What a device sees is written down here.
  void watches(DeviceLog log) {
    logs.add(log);
  }

  /// A person is about to be added to a conversation.
  void invited(String person, Talk talk) {
    talk.everMembers().add(person);
    logsOf(person).forEach(log -> log.add(new Seen.Invited(talk.id())));
  }

  /// It is certain that this person was not put into it.
  void notInvited(String person, Talk talk) {
    logsOf(person).forEach(log -> log.add(new Seen.NotInvited(talk.id())));
  }

  private Stream<DeviceLog> logsOf(String person) {
    return logs.stream().filter(log -> log.person().equals(person));
  }

  /// Returns one shared instance for equal messages.
  Message shared(Message message) {
    Message known = messages.putIfAbsent(message.id(), message);
    return message.equals(known) ? known : message;
  }

  void acknowledge() {
    acknowledged.incrementAndGet();
  }

  /// How many messages were acknowledged so far.
  public long acknowledged() {
    return acknowledged.get();
  }

  /// A device is about to say that its person has read up to here.
  void saysRead(String person, String conversation, long seq) {
    saidRead.merge(person + " " + conversation, seq, Math::max);
  }

  /// The highest message that a device has marked as read; 0 for none.
  public long saidRead(String person, String conversation) {
    return saidRead.getOrDefault(person + " " + conversation, 0L);
  }

  void confirmRead(String person, String conversation, long seq) {
    read.merge(person + " " + conversation, seq, Math::max);
  }

  /// The last message whose reading was confirmed; 0 for none.
  public long confirmedRead(String person, String conversation) {
    return read.getOrDefault(person + " " + conversation, 0L);
  }

  void keep(KeptFile file) {
    files.add(file);
  }

  /// The files of messages that were acknowledged.
  public Collection<KeptFile> files() {
    return files;
  }

  /// The record of answers to clients.
  public Answers answers() {
    return answers;
  }
}
