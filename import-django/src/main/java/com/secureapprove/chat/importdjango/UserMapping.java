package com.secureapprove.chat.importdjango;

import com.secureapprove.chat.importdjango.old.OldUser;
import com.secureapprove.chat.importdjango.report.Counter;
import com.secureapprove.chat.importdjango.report.FindingKind;
import com.secureapprove.chat.importdjango.report.ImportFailure;
import com.secureapprove.chat.importdjango.report.ImportReport;
import com.secureapprove.chat.importdjango.tables.DirectoryPerson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Maps the integer ids of the old users to people of the tenant's directory, by e-mail address.
///
/// A user without an entry, or whose address belongs to several, gets an inactive entry. Its id is
/// computed from the old one, so every run finds it again.
final class UserMapping {
  private static final int LONGEST = 255;

  private final Map<Long, DirectoryPerson> people = new HashMap<>();
  private final List<DirectoryPerson> entered = new ArrayList<>();
  private final DirectoryPerson removed;

  private UserMapping(DirectoryPerson removed) {
    this.removed = removed;
  }

  /// Decides for each user.
  ///
  /// @param byEmail the entries with each user's address, by the user's id
  /// @param known the entries that an earlier run has made, by their id
  static UserMapping of(
      String scope,
      List<OldUser> users,
      Map<Long, List<DirectoryPerson>> byEmail,
      Map<String, DirectoryPerson> known,
      ImportReport report) {
    UserMapping result =
        new UserMapping(
            new DirectoryPerson(idOf(scope, "removed"), "Removed account", "", false, 1));
    Set<String> taken = new HashSet<>();
    // If several accounts share an address, the active one is the person.
    List<OldUser> sorted =
        users.stream()
            .sorted(
                Comparator.comparing((OldUser user) -> !user.active()).thenComparing(OldUser::id))
            .toList();
    for (OldUser user : sorted) {
      result.decide(scope, user, byEmail.getOrDefault(user.id(), List.of()), known, taken, report);
    }
    report.count(Counter.PEOPLE_ENTERED, result.entered.size());
    return result;
  }

  private void decide(
      String scope,
      OldUser user,
      List<DirectoryPerson> found,
      Map<String, DirectoryPerson> known,
      Set<String> taken,
      ImportReport report) {
    DirectoryPerson earlier = known.get(idOf(scope, user));
    List<DirectoryPerson> active = found.stream().filter(DirectoryPerson::active).toList();
    List<DirectoryPerson> candidates = active.isEmpty() ? found : active;
    boolean isOne = candidates.size() == 1;
    boolean isRestored =
        isOne && earlier != null && earlier.id().equals(candidates.getFirst().id());
    if (isRestored || (earlier == null && isOne && taken.add(candidates.getFirst().id()))) {
      people.put(user.id(), candidates.getFirst());
      report.count(Counter.PEOPLE_MATCHED, 1);
      return;
    }
    FindingKind finding =
        !user.known()
            ? FindingKind.USER_UNKNOWN
            : candidates.isEmpty() ? FindingKind.USER_WITHOUT_ENTRY : FindingKind.USER_NOT_UNIQUE;
    if (!user.needed()) {
      if (user.active()) {
        report.list(
            FindingKind.USER_NOT_NEEDED,
            "user",
            user.id(),
            "email",
            user.email(),
            "name",
            user.name());
      }
      return;
    }
    DirectoryPerson person = earlier == null ? former(scope, user) : earlier;
    people.put(user.id(), person);
    taken.add(person.id());
    if (earlier == null) {
      entered.add(person);
    }
    report.list(
        finding,
        "user",
        user.id(),
        "email",
        user.email(),
        "name",
        user.name(),
        "active",
        user.active(),
        "entry",
        person.id());
  }

  /// The ids that the inactive entries of users have.
  static List<String> entryIds(String scope, List<OldUser> users) {
    return users.stream().map(user -> idOf(scope, user)).toList();
  }

  /// The entries that do not exist yet.
  List<DirectoryPerson> toEnter() {
    return List.copyOf(entered);
  }

  /// All mapped people.
  Collection<DirectoryPerson> all() {
    return people.values();
  }

  /// The author of messages whose account was removed.
  DirectoryPerson removedAccount() {
    return removed;
  }

  /// The person of a user; empty author for a null id.
  ///
  /// @throws ImportFailure for an id that appeared after the users were read
  DirectoryPerson of(@Nullable Long user) {
    DirectoryPerson person = user == null ? removed : people.get(user);
    if (person == null) {
      throw new ImportFailure("The old database has no user " + user);
    }
    return person;
  }

  /// Whether a user is mapped.
  boolean knows(OldUser user) {
    return people.containsKey(user.id());
  }

  private static DirectoryPerson former(String scope, OldUser user) {
    String email = fits(user.email()) ? user.email() : "";
    String name = fits(user.name()) ? user.name() : cut(user.name());
    return new DirectoryPerson(
        idOf(scope, user), name.isBlank() ? "User " + user.id() : name, email, false, 1);
  }

  private static String idOf(String scope, OldUser user) {
    return idOf(scope, "user " + user.id());
  }

  private static String idOf(String scope, String what) {
    return UUID.nameUUIDFromBytes(
            "import-django %s %s".formatted(scope, what).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static boolean fits(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static String cut(String text) {
    return text.codePoints()
        .filter(c -> !Character.isISOControl(c))
        .limit(LONGEST)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }
}
