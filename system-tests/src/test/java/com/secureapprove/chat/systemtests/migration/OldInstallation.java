package com.secureapprove.chat.systemtests.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/// A generated installation of the Django chat: a database with two tenants, and media files.
///
/// @param database a connection to the old database
/// @param url its JDBC address
/// @param importer runs the importer
public record OldInstallation(Connection database, String url, Path media, Importer importer)
    implements AutoCloseable {
  static final long TENANT = 7;
  static final long OTHER_TENANT = 8;
  private static final int FEWEST_USERS = 14;

  /// Generates one.
  ///
  /// @param name of the database, which is dropped if it exists
  /// @param directory for media files and reports
  /// @param people whose addresses the first tenant has
  /// @param others whose addresses the second tenant has
  public static OldInstallation generate(
      Suite suite,
      String name,
      Path directory,
      List<ChatUser> people,
      List<ChatUser> others,
      int messages,
      int files)
      throws Exception {
    Path media = Files.createDirectories(directory.resolve("media"));
    Importer importer = new Importer(suite, directory);
    String url = Importer.newDatabase(name);
    importer
        .run(
            "sample",
            "--url",
            url,
            "--user",
            "postgres",
            "--media",
            media.toString(),
            "--messages",
            "" + messages,
            "--files",
            "" + files,
            "--users",
            "" + Math.max(FEWEST_USERS, messages / 200),
            "--emails",
            emails(people),
            "--other-emails",
            emails(others))
        .expect(0);
    return new OldInstallation(BackingServices.shared().superuser(name), url, media, importer);
  }

  private static String emails(List<ChatUser> people) {
    return people.stream().map(ChatUser::email).collect(Collectors.joining(","));
  }

  /// Imports the first tenant, and returns the JSON report.
  public JsonNode bringTo(Tenant tenant, String... options) throws Exception {
    return importer.bring(arguments(tenant, options));
  }

  /// Imports the second tenant, and returns the JSON report.
  JsonNode bringOthersTo(Tenant tenant) throws Exception {
    return importer.bring(importer.arguments(url, OTHER_TENANT, tenant.name(), media));
  }

  /// The arguments that import the first tenant.
  String[] arguments(Tenant tenant, String... options) {
    return importer.arguments(url, TENANT, tenant.name(), media, options);
  }

  /// What people see in it.
  public OldChat chat() {
    return new OldChat(database);
  }

  /// Adds a message to each 1-to-1, as the old chat does: it raises the unread count of the other
  /// person, and an archived conversation comes back.
  void talkOn() throws Exception {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          """
          create temp table pair as
            select p.conversation_id, min(p.user_id) as sender, max(p.user_id) as other
            from chat_chatparticipant p join chat_chatconversation c on c.id = p.conversation_id
            where c.tenant_id = %d and not c.is_group
            group by p.conversation_id having count(*) = 2;
          insert into chat_chatmessage (id, conversation_id, sender_id, content, has_attachments,
            status, created_at, updated_at)
            select gen_random_uuid(), conversation_id, sender, 'one more', false, 'sent',
              now() + row_number() over () * interval '1 second', now() from pair;
          insert into chat_chatmessagedelivery (message_id, recipient_id, sent_at)
            select m.id, pair.other, now() from chat_chatmessage m
            join pair using (conversation_id) where m.content = 'one more';
          update chat_chatparticipant p set unread_count = unread_count + 1
            from pair where pair.conversation_id = p.conversation_id and pair.other = p.user_id;
          update chat_chatparticipant p set is_archived = false
            from pair where pair.conversation_id = p.conversation_id and not p.is_muted;
          """
              .formatted(TENANT));
    }
  }

  @Override
  public void close() throws Exception {
    database.close();
  }
}
