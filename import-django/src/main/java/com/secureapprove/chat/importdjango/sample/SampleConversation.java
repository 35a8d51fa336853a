package com.secureapprove.chat.importdjango.sample;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One conversation, played as the old chat kept it. Each message raises the unread count of the
/// others. A person who fetches receives all messages; a person who reads has read all.
final class SampleConversation {

  /// @param filesPerMessage how many files a message has on average
  record Shape(
      UUID id,
      long tenant,
      @Nullable String title,
      boolean isGroup,
      List<Long> members,
      Instant start,
      double filesPerMessage) {}

  private static final class Member {
    final Instant joinedAt;
    int unread;
    @Nullable UUID lastRead;
    int readUpTo;
    int receivedUpTo;
    boolean left;

    Member(Instant joinedAt) {
      this.joinedAt = joinedAt;
    }
  }

  private static final class Delivery {
    final long recipient;
    @Nullable Instant deliveredAt;
    @Nullable Instant readAt;

    Delivery(long recipient) {
      this.recipient = recipient;
    }
  }

  private record Message(
      UUID id,
      @Nullable Long sender,
      String content,
      boolean files,
      Instant at,
      List<Delivery> to) {}

  private final SampleRows rows;
  private final SampleFiles files;
  private final Random random;
  private final Shape shape;
  private final Map<Long, Member> members = new LinkedHashMap<>();
  private final List<Message> said = new ArrayList<>();
  private Instant now;

  SampleConversation(SampleRows rows, SampleFiles files, Random random, Shape shape) {
    this.rows = rows;
    this.files = files;
    this.random = random;
    this.shape = shape;
    this.now = shape.start();
    for (long member : shape.members()) {
      members.put(member, new Member(now));
    }
  }

  List<Long> members() {
    return shape.members();
  }

  /// @param count how many messages are said
  void talk(int count) throws SQLException, IOException {
    int late = shape.isGroup() && shape.members().size() > 3 ? count / 2 : -1;
    Long latecomer = late < 0 ? null : shape.members().getLast();
    Member later = latecomer == null ? null : members.remove(latecomer);
    for (int i = 0; i < count; i++) {
      if (latecomer != null && later != null && i == late) {
        members.put(latecomer, new Member(now));
        members.values().stream().skip(1).findFirst().ifPresent(member -> member.left = true);
      }
      say(i);
      if (random.nextInt(3) == 0) {
        someoneComes();
      }
    }
    if (latecomer != null && !members.containsKey(latecomer)) {
      members.put(latecomer, new Member(now));
    }
  }

  private void say(int number) throws SQLException, IOException {
    // Some messages are of the same moment, so that only their ids order them.
    now = number % 9 == 4 ? now : now.plus(Duration.ofSeconds(1 + random.nextInt(4_000)));
    List<Long> present =
        members.entrySet().stream().filter(e -> !e.getValue().left).map(Map.Entry::getKey).toList();
    Long sender = present.get(random.nextInt(present.size()));
    UUID id =
        new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63));
    boolean hasFiles = random.nextDouble() < shape.filesPerMessage();
    List<Delivery> deliveries = new ArrayList<>();
    for (long recipient : present) {
      if (recipient != sender) {
        deliveries.add(new Delivery(recipient));
        member(recipient).unread++;
      }
    }
    Long author = number % 997 == 500 ? null : sender;
    String content =
        hasFiles && number % 2 == 0 ? "" : "message %d of %d".formatted(number, sender);
    said.add(new Message(id, author, content, hasFiles, now, deliveries));
    if (hasFiles) {
      SampleFiles.Made file = files.next();
      rows.attachment(
          new UUID(
              (random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63)),
          id,
          file,
          now);
    }
    sortNewest();
  }

  /// The order of the old chat: by time, then by id.
  private void sortNewest() {
    for (int i = said.size() - 1; i > 0; i--) {
      Message last = said.get(i);
      Message before = said.get(i - 1);
      if (!before.at().equals(last.at())
          || before.id().toString().compareTo(last.id().toString()) < 0) {
        return;
      }
      said.set(i, before);
      said.set(i - 1, last);
    }
  }

  private void someoneComes() {
    List<Long> present =
        members.entrySet().stream().filter(e -> !e.getValue().left).map(Map.Entry::getKey).toList();
    long person = present.get(random.nextInt(present.size()));
    Member member = member(person);
    now = now.plusMillis(1_500);
    receive(person, member);
    if (random.nextInt(3) > 0) {
      for (Message message : said.subList(Math.max(0, member.readUpTo - 1), said.size())) {
        message.to().stream()
            .filter(delivery -> delivery.recipient == person && delivery.readAt == null)
            .forEach(delivery -> delivery.readAt = now);
      }
      member.readUpTo = said.size();
      member.unread = 0;
      member.lastRead = said.getLast().id();
    }
  }

  private void receive(long person, Member member) {
    for (Message message : said.subList(Math.max(0, member.receivedUpTo - 1), said.size())) {
      message.to().stream()
          .filter(delivery -> delivery.recipient == person && delivery.deliveredAt == null)
          .forEach(delivery -> delivery.deliveredAt = now);
    }
    member.receivedUpTo = said.size();
  }

  private Member member(long person) {
    Member member = members.get(person);
    if (member == null) {
      throw new IllegalArgumentException("no member " + person);
    }
    return member;
  }

  /// Writes the rows.
  void end() throws SQLException {
    UUID last = said.isEmpty() ? null : said.getLast().id();
    rows.conversation(
        shape.id(), shape.tenant(), shape.title(), shape.isGroup(), last, shape.start(), now);
    for (Map.Entry<Long, Member> entry : members.entrySet()) {
      Member member = entry.getValue();
      if (!member.left) {
        rows.participant(
            shape.id(),
            entry.getKey(),
            member.unread,
            member.lastRead,
            random.nextInt(10) == 0,
            random.nextInt(10) == 0,
            member.joinedAt);
      }
    }
    for (Message message : said) {
      boolean read = message.to().stream().anyMatch(d -> d.readAt != null);
      boolean delivered = message.to().stream().anyMatch(d -> d.deliveredAt != null);
      rows.message(
          message.id(),
          shape.id(),
          message.sender(),
          message.content(),
          message.files(),
          read ? "read" : delivered ? "delivered" : "sent",
          message.at());
      for (Delivery delivery : message.to()) {
        rows.delivery(
            message.id(), delivery.recipient, message.at(), delivery.deliveredAt, delivery.readAt);
      }
    }
  }
}
