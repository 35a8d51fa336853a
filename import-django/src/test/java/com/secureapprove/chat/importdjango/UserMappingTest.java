package com.secureapprove.chat.importdjango;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.importdjango.old.OldUser;
import com.secureapprove.chat.importdjango.report.FindingKind;
import com.secureapprove.chat.importdjango.report.ImportReport;
import com.secureapprove.chat.importdjango.tables.DirectoryPerson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserMappingTest {
  private static final DirectoryPerson ALICE =
      new DirectoryPerson("a", "Alice", "alice@example.com", true, 3);
  private static final DirectoryPerson NAMESAKE =
      new DirectoryPerson("b", "Alice", "alice@example.com", true, 1);

  @TempDir private Path directory;
  private ImportReport report;

  @BeforeEach
  void openReport() throws Exception {
    report = ImportReport.open(directory.resolve("report"), Map.of());
  }

  @Test
  void aUserIsThePersonWithTheirAddress() {
    UserMapping people =
        people(List.of(user(1, "alice@example.com", true)), Map.of(1L, List.of(ALICE)));

    assertThat(people.of(1L)).isEqualTo(ALICE);
    assertThat(people.toEnter()).isEmpty();
  }

  @Test
  void ofTwoAccountsWithOneAddressTheActiveOneIsThePerson() {
    UserMapping people =
        people(
            List.of(user(1, "ALICE@example.com", false), user(2, "alice@example.com", true)),
            Map.of(1L, List.of(ALICE), 2L, List.of(ALICE)));

    assertThat(people.of(2L)).isEqualTo(ALICE);
    assertThat(people.of(1L).active()).isFalse();
    assertThat(report.listed(FindingKind.USER_NOT_UNIQUE)).isEqualTo(1);
  }

  @Test
  void anAddressOfSeveralPeopleIsNotGuessed() {
    UserMapping people =
        people(List.of(user(1, "alice@example.com", true)), Map.of(1L, List.of(ALICE, NAMESAKE)));

    assertThat(people.toEnter()).hasSize(1);
    assertThat(report.listed(FindingKind.USER_NOT_UNIQUE)).isEqualTo(1);
  }

  @Test
  void everyRunFindsTheEntryThatTheFirstHasMade() {
    List<OldUser> users = List.of(user(1, "gone@example.com", true));
    List<DirectoryPerson> entered = people(users, Map.of()).toEnter();
    assertThat(entered).hasSize(1);

    // An entry with the address was made since: the messages already have the other author.
    UserMapping again =
        UserMapping.of(
            "scope",
            users,
            Map.of(1L, List.of(ALICE)),
            entered.stream().collect(Collectors.toMap(DirectoryPerson::id, person -> person)),
            report);

    assertThat(again.of(1L)).isEqualTo(entered.getFirst());
    assertThat(again.toEnter()).isEmpty();
  }

  @Test
  void aNameThatDoesNotFitIsCutAndARemovedAccountHasAnAuthor() {
    UserMapping people =
        people(
            List.of(
                new OldUser(1, "x@\u0007", "n".repeat(300), true, true, true),
                new OldUser(2, "", "", true, true, false)),
            Map.of());

    assertThat(people.of(1L).name()).hasSize(255);
    assertThat(people.of(1L).email()).isEmpty();
    assertThat(people.of(2L).name()).isEqualTo("User 2");
    assertThat(people.of((Long) null).name()).isEqualTo("Removed account");
    assertThat(report.listed(FindingKind.USER_UNKNOWN)).isEqualTo(1);
  }

  private UserMapping people(List<OldUser> users, Map<Long, List<DirectoryPerson>> byEmail) {
    return UserMapping.of("scope", users, byEmail, Map.of(), report);
  }

  private static OldUser user(long id, String email, boolean active) {
    return new OldUser(id, email, "User", active, true, true);
  }
}
