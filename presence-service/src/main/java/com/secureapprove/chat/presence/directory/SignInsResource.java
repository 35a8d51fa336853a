package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.contracts.SignInRefusal;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.limits.LogLines;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.audit.AuditLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Resolves a sign-in to a person.
///
/// The first sign-in links the account to a person, by the configured directory claim or by e-mail.
/// Later sign-ins use only the link, even if other claims change.
@Path("/internal/sign-ins")
@RunOnVirtualThread
class SignInsResource {
  private static final Logger LOG = Logger.getLogger(SignInsResource.class);

  private final Directory directory;
  private final LinkedAccounts accounts;
  private final Caller caller;
  private final LogLines lines = new LogLines();
  private final AuditLog audit;
  private final Set<String> linkByEmail;
  private final Clock clock = Clock.systemUTC();

  SignInsResource(
      Directory directory,
      LinkedAccounts accounts,
      Caller caller,
      AuditLog audit,
      DirectoryConfig config) {
    this.directory = directory;
    this.accounts = accounts;
    this.caller = caller;
    this.audit = audit;
    this.linkByEmail = config.linkByEmail().orElse(Set.of());
  }

  /// Returns the person. Answers 403 if there is none, if the person is inactive, or if the match
  /// is ambiguous.
  @POST
  @RolesAllowed("part:gateway")
  @Transactional
  public People.Person signIn(People.@Nullable SignIn body) {
    if (body == null || isBlank(body.issuer()) || isBlank(body.subject())) {
      throw ProblemException.invalid("subject", "issuer and subject must be given");
    }
    Person person = linked(body).orElseGet(() -> link(body));
    if (!person.active) {
      throw refusal(SignInRefusal.INACTIVE);
    }
    return person.view();
  }

  private Optional<Person> linked(People.SignIn body) {
    return Person.linkedTo(caller.tenant(), body.issuer(), body.subject());
  }

  private Person link(People.SignIn body) {
    directory.lock();
    Optional<Person> justLinked = linked(body); // a concurrent sign-in may have linked it
    if (justLinked.isPresent()) {
      return justLinked.get();
    }
    List<Person> candidates = candidates(body);
    if (candidates.isEmpty()) {
      throw refusal(SignInRefusal.UNKNOWN);
    }
    if (candidates.size() > 1) {
      throw refusal(SignInRefusal.AMBIGUOUS);
    }
    Person person = candidates.getFirst();
    if (SignInLink.linksPerson(body.issuer(), person.id)) {
      throw refusal(SignInRefusal.LINKED);
    }
    if (accounts.isHeld(body.issuer(), body.subject())) {
      throw refusal(SignInRefusal.UNLINKED);
    }
    if (person.active) {
      SignInLink link = new SignInLink();
      link.issuer = body.issuer();
      link.subject = body.subject();
      link.personId = person.id;
      link.linkedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      link.persist();
      audit.record("account_linked", "person=%s issuer=%s".formatted(person.id, body.issuer()));
    }
    return person;
  }

  private List<Person> candidates(People.SignIn body) {
    String value = orEmpty(body.directoryValue());
    String email = orEmpty(body.email());
    List<Person> byValue =
        value.isBlank()
            ? List.of()
            : Stream.of(Person.withExternalId(value), Person.withUserName(value))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    boolean emailCounts =
        body.emailVerified() && !email.isBlank() && linkByEmail.contains(caller.tenant());
    return byValue.isEmpty() && emailCounts
        ? Person.withEmail(email).stream().filter(person -> person.active).toList()
        : byValue;
  }

  private ProblemException refusal(SignInRefusal reason) {
    if (lines.mayWrite(caller.tenant())) {
      LOG.infof("sign_in_refused tenant=%s reason=%s", caller.tenant(), reason);
    }
    return new ProblemException(Problem.FORBIDDEN, reason.detail());
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.isBlank();
  }
}
