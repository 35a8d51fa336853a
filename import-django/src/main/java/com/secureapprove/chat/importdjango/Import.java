package com.secureapprove.chat.importdjango;

import com.secureapprove.chat.importdjango.files.FileImport;
import com.secureapprove.chat.importdjango.old.OldConversation;
import com.secureapprove.chat.importdjango.old.OldDatabase;
import com.secureapprove.chat.importdjango.old.OldUser;
import com.secureapprove.chat.importdjango.report.ImportReport;
import com.secureapprove.chat.importdjango.tables.DirectoryPerson;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One run of the import.
///
/// 1. Old users are mapped to the directory. Inactive entries are made for people without one.
/// 2. Conversations follow in pages. Of each page, files come first, then messages, then positions,
///    and the conversations last: they appear when they are complete.
/// 3. Last activities follow.
///
/// Every step first looks up the stored rows. So a run that was ended at any point is continued by
/// the next one, and a run after a complete one only adds new messages of the old chat. Positions
/// move forward only, and no later change of a person is undone.
final class Import {
  private static final int CONVERSATIONS_AT_ONCE = 50;

  private final OldDatabase old;
  private final Target target;
  private final FileImport files;
  private final boolean dryRun;
  private final ImportReport report;

  Import(OldDatabase old, Target target, FileImport files, boolean dryRun, ImportReport report) {
    this.old = old;
    this.target = target;
    this.files = files;
    this.dryRun = dryRun;
    this.report = report;
  }

  void run(PrintWriter out) throws SQLException {
    target.presence().requireTenant();
    ImportProgress progress = new ImportProgress(old.totals(), report, out);
    progress.print();
    List<OldUser> users = old.users();
    UserMapping people = people(users);
    ConversationPages pages =
        new ConversationPages(old, target, people, files, dryRun, report, progress);
    old.conversations()
        .read(CONVERSATIONS_AT_ONCE, report, (List<OldConversation> page) -> pages.bring(page));
    if (!dryRun) {
      bringLastSeen(users, people);
    }
  }

  private UserMapping people(List<OldUser> users) throws SQLException {
    String scope = target.tenant() + " " + old.tenant();
    Map<Long, String> emails = new HashMap<>();
    users.forEach(user -> emails.put(user.id(), user.email()));
    UserMapping people =
        UserMapping.of(
            scope,
            users,
            target.presence().withEmail(emails),
            target.presence().withIds(UserMapping.entryIds(scope, users)),
            report);
    if (!dryRun) {
      if (!people.toEnter().isEmpty()) {
        target.presence().enterFormer(people.toEnter(), now());
      }
      target.conversations().putPeople(people.all());
      target.messages().putPeople(people.all());
    }
    return people;
  }

  private void bringLastSeen(List<OldUser> users, UserMapping people) throws SQLException {
    List<Long> mapped = users.stream().filter(people::knows).map(OldUser::id).toList();
    Map<String, Instant> seen = new HashMap<>();
    Instant now = now();
    old.lastActivities(mapped)
        .forEach((user, at) -> seen.put(people.of(user).id(), at.isAfter(now) ? now : at));
    if (!seen.isEmpty()) {
      target.presence().lastSeen(seen);
    }
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /// Adds the author of messages whose account was removed, when the first such message comes.
  static void enterRemovedAccount(Target target, UserMapping people) throws SQLException {
    List<DirectoryPerson> removed = new ArrayList<>(List.of(people.removedAccount()));
    target.presence().enterFormer(removed, now());
    target.conversations().putPeople(removed);
    target.messages().putPeople(removed);
  }
}
