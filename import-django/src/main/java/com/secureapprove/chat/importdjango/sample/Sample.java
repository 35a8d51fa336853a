package com.secureapprove.chat.importdjango.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/// An old installation: people, conversations in which they have talked for a year, and files. The
/// same seed makes the same content.
///
/// It has what real ones have: people without an entry in the new directory, people who left or
/// joined later, removed accounts, second conversations of a pair, long messages, messages of the
/// same moment. A second tenant has a conversation of its own.
final class Sample {
  static final long TENANT = 7;
  private static final long OTHER_TENANT = 8;
  private static final int MESSAGES_IN_A_CONVERSATION = 40;
  private static final Instant START = Instant.parse("2025-01-06T08:00:00.123456Z");

  private final Connection connection;
  private final SampleRows rows;
  private final SampleFiles files;
  private final List<String> emails;
  private final List<String> otherEmails;
  private final int users;
  private final int messages;
  private final int fileCount;
  private final Random random;

  Sample(
      Connection connection,
      Path media,
      List<String> emails,
      List<String> otherEmails,
      int users,
      int messages,
      int fileCount,
      long seed)
      throws SQLException {
    this.connection = connection;
    this.random = new Random(seed);
    createTables();
    this.rows = new SampleRows(connection);
    this.files = new SampleFiles(media, random);
    this.emails = emails;
    this.otherEmails = otherEmails.isEmpty() ? List.of("someone@elsewhere.example") : otherEmails;
    this.users = Math.max(users, emails.size() + 4);
    this.messages = messages;
    this.fileCount = fileCount;
  }

  void generate() throws SQLException, IOException {
    for (int i = 1; i <= users; i++) {
      String email = email(i);
      rows.user(i, TENANT, email, i % 3 == 0 ? "" : "Person " + i, i % 17 != 0);
      rows.presence(i, START.plus(Duration.ofDays(200 + i % 30)));
    }
    int left = messages;
    int number = 0;
    List<SampleConversation> first = new ArrayList<>();
    while (left > 0) {
      int count =
          number == 3
              ? Math.max(1, messages / 10)
              : 1 + random.nextInt(2 * MESSAGES_IN_A_CONVERSATION);
      count = Math.min(count, left);
      SampleConversation conversation = conversation(number, first);
      conversation.talk(count);
      left -= count;
      conversation.end();
      if (first.size() < 4) {
        first.add(conversation);
      }
      number++;
    }
    addUnusual();
    addOtherTenant();
    rows.flush();
  }

  private String email(int user) {
    if (user <= emails.size()) {
      return emails.get(user - 1);
    }
    if (user == emails.size() + 1 && !emails.isEmpty()) {
      return emails.getFirst().toUpperCase(Locale.ROOT); // a second account of the same address
    }
    return user == emails.size() + 2 ? "" : "user%d@old.example".formatted(user);
  }

  private SampleConversation conversation(int number, List<SampleConversation> first) {
    boolean isGroup = number % 3 == 2;
    List<Long> members = new ArrayList<>();
    if (number == 6 && first.size() > 1) {
      members.addAll(first.get(0).members()); // a second 1-to-1 of the same people
    }
    int size = isGroup ? 3 + random.nextInt(8) : 2;
    while (members.size() < Math.min(size, users)) {
      long member = 1 + random.nextInt(users);
      if (number < 6 && emails.size() >= 2 && members.size() < 2) {
        member = 1 + random.nextInt(emails.size()); // the people with entries have much to see
      }
      if (!members.contains(member)) {
        members.add(member);
      }
    }
    String title = isGroup && number % 2 == 0 ? "Group %d".formatted(number) : null;
    return new SampleConversation(
        rows,
        files,
        random,
        new SampleConversation.Shape(
            uuid("conversation " + number),
            TENANT,
            title,
            isGroup,
            members,
            START.plus(Duration.ofMinutes(random.nextInt(200 * 24 * 60))),
            (double) fileCount / Math.max(1, messages)));
  }

  private void addUnusual() throws SQLException {
    Instant at = START.plus(Duration.ofDays(250));
    UUID nobody = uuid("nobody");
    rows.conversation(nobody, TENANT, "Nobody is left", true, null, at, at);
    UUID empty = uuid("empty");
    rows.conversation(empty, TENANT, "t".repeat(300), true, null, at, at);
    rows.participant(empty, 1, 0, null, true, false, at);
    rows.participant(empty, 2, 0, null, false, true, at);
    UUID alone = uuid("alone");
    rows.conversation(alone, TENANT, null, false, null, at, at);
    rows.participant(alone, 1, 2, null, false, false, at);
    rows.message(uuid("m alone 1"), alone, 2L, "before I left", false, "sent", at);
    rows.message(uuid("m alone 2"), alone, null, "my account was removed", false, "sent", at);
    UUID three = uuid("three");
    rows.conversation(three, TENANT, null, false, null, at, at);
    for (long member = 1; member <= 3; member++) {
      rows.participant(three, member, member == 1 ? 0 : 1, null, false, false, at);
    }
    UUID together = uuid("m three");
    rows.message(together, three, 1L, "a long story\n".repeat(500), true, "sent", at);
    rows.delivery(together, 2, at, null, null);
    rows.delivery(together, 3, at, null, null);
  }

  private void addOtherTenant() throws SQLException, IOException {
    Instant at = START.plus(Duration.ofDays(250));
    UUID conversation = uuid("elsewhere");
    rows.conversation(conversation, OTHER_TENANT, "Another tenant", true, null, at, at);
    List<Long> members = new ArrayList<>();
    for (String email : otherEmails) {
      long user = users + 1L + members.size();
      rows.user(user, OTHER_TENANT, email, "Someone", true);
      rows.participant(conversation, user, members.isEmpty() ? 0 : 1, null, false, false, at);
      members.add(user);
    }
    UUID secret = uuid("m elsewhere");
    rows.message(secret, conversation, members.getFirst(), "secret of others", false, "sent", at);
    for (long recipient : members.subList(1, members.size())) {
      rows.delivery(secret, recipient, at, null, null);
    }
    if (members.size() > 1) {
      SampleConversation pair =
          new SampleConversation(
              rows,
              files,
              random,
              new SampleConversation.Shape(
                  uuid("pair elsewhere"),
                  OTHER_TENANT,
                  null,
                  false,
                  members.subList(0, 2),
                  START,
                  0.2));
      pair.talk(MESSAGES_IN_A_CONVERSATION);
      pair.end();
    }
  }

  private static UUID uuid(String name) {
    UUID v3 = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    // the version and variant of random ids, as the old chat makes them
    return new UUID(
        (v3.getMostSignificantBits() & ~0xf000L) | 0x4000L, v3.getLeastSignificantBits());
  }

  private void createTables() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table authentication_user (
            id bigint primary key, password varchar(128) not null default '', email varchar(254),
            name varchar(255), first_name varchar(150), last_name varchar(150), tenant_id bigint,
            is_active boolean not null);
          create table chat_chatconversation (
            id uuid primary key, tenant_id bigint not null, title varchar(500),
            is_group boolean not null, last_message_id uuid, created_at timestamptz not null,
            updated_at timestamptz not null);
          create table chat_chatparticipant (
            id uuid primary key default gen_random_uuid(), conversation_id uuid not null,
            user_id bigint not null, unread_count integer not null, last_read_message_id uuid,
            is_archived boolean not null, is_muted boolean not null, joined_at timestamptz not null);
          create table chat_chatmessage (
            id uuid primary key, conversation_id uuid not null, sender_id bigint,
            content text not null, has_attachments boolean not null, status varchar(20) not null,
            created_at timestamptz not null, updated_at timestamptz not null);
          create table chat_chatmessagedelivery (
            id uuid primary key default gen_random_uuid(), message_id uuid not null,
            recipient_id bigint not null, sent_at timestamptz, delivered_at timestamptz,
            read_at timestamptz);
          create table chat_chatattachment (
            id uuid primary key, message_id uuid not null, file varchar(255) not null,
            filename varchar(255) not null, content_type varchar(100) not null,
            size bigint not null, uploaded_at timestamptz not null);
          create table chat_userpresence (
            user_id bigint primary key, last_activity timestamptz not null,
            is_online boolean not null, updated_at timestamptz not null);
          create index on chat_chatparticipant (conversation_id);
          create index on chat_chatmessage (conversation_id, created_at);
          create index on chat_chatmessagedelivery (message_id);
          create index on chat_chatattachment (message_id);
          """);
    }
  }
}
