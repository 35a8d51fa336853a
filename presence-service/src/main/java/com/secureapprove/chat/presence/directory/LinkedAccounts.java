package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.serviceplatform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The accounts with which the people of a tenant sign in, for administrators.
///
/// A person whose account was made again at the issuer has a new subject, and the directory refuses
/// it while the former account is linked. After unlinking, the next sign-in with the matching claim
/// links the new account.
@Singleton
public class LinkedAccounts {
  private static final Logger LOG = Logger.getLogger(LinkedAccounts.class);

  private final Directory directory;
  private final AuditLog audit;
  private final Duration hold;
  private final Clock clock = Clock.systemUTC();

  LinkedAccounts(Directory directory, AuditLog audit, DirectoryConfig config) {
    this.directory = directory;
    this.audit = audit;
    this.hold = config.unlinkHold();
  }

  /// Returns the accounts of a person.
  public List<SignInLink> of(Person person) {
    return SignInLink.ofPerson(person.id);
  }

  /// Unlinks the accounts of a person.
  ///
  /// @param issuer only accounts of this issuer; null for all
  /// @return how many accounts were unlinked
  public int unlink(Person person, @Nullable String issuer) {
    List<SignInLink> links =
        SignInLink.ofPerson(person.id).stream()
            .filter(link -> issuer == null || link.issuer.equals(issuer))
            .toList();
    unlink(links);
    if (!links.isEmpty()) {
      directory.announce(person);
    }
    return links.size();
  }

  /// Unlinks all accounts of an issuer, for a migration of the issuer that changes its subjects.
  /// Gateways notice it within a minute.
  ///
  /// @return how many accounts were unlinked
  public int unlinkAll(String issuer) {
    List<SignInLink> links = SignInLink.ofIssuer(issuer);
    unlink(links);
    return links.size();
  }

  private void unlink(List<SignInLink> links) {
    for (SignInLink link : links) {
      UnlinkedAccount unlinked =
          UnlinkedAccount.<UnlinkedAccount>findByIdOptional(
                  new SignInLink.Key(link.issuer, link.subject))
              .orElseGet(UnlinkedAccount::new);
      unlinked.issuer = link.issuer;
      unlinked.subject = link.subject;
      unlinked.unlinkedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      unlinked.persist();
      link.delete();
      audit.record("account_unlinked", "person=%s issuer=%s".formatted(link.personId, link.issuer));
    }
    LOG.infof("accounts_unlinked count=%d", links.size());
  }

  /// Whether an administrator has unlinked the account so recently that it cannot be linked again.
  boolean isHeld(String issuer, String subject) {
    Instant since = clock.instant().minus(hold);
    return UnlinkedAccount.isLaterThan(issuer, subject, since);
  }
}
