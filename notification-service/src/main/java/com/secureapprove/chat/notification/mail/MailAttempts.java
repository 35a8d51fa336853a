package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.contracts.Contact;
import com.secureapprove.chat.contracts.UnreadConversations;
import com.secureapprove.chat.notification.dispatching.RetrySchedule;
import com.secureapprove.chat.notification.metrics.NotificationMeters;
import com.secureapprove.chat.notification.metrics.NotificationMeters.Mail;
import com.secureapprove.chat.notification.people.Receivers;
import com.secureapprove.chat.platform.identity.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks at a person, and sends a mail if they have unread messages, are away for the quiet time,
/// and got no mail since they went. The owners of these facts are asked at this moment, so that
/// what was read, muted or archived meanwhile counts.
@Singleton
class MailAttempts {
  private static final Logger LOG = Logger.getLogger(MailAttempts.class);

  private final Receivers receivers;
  private final MailQueue queue;
  private final DigestMails mails;
  private final MailServer server;
  private final MailConfig config;
  private final NotificationMeters meters;
  private final RetrySchedule schedule;
  private final Clock clock = Clock.systemUTC();

  MailAttempts(
      Receivers receivers,
      MailQueue queue,
      DigestMails mails,
      MailServer server,
      MailConfig config,
      NotificationMeters meters) {
    this.receivers = receivers;
    this.queue = queue;
    this.mails = mails;
    this.server = server;
    this.config = config;
    this.meters = meters;
    this.schedule = new RetrySchedule(config.firstDelay(), config.maxDelay(), config.maxDelay());
  }

  /// Looks at a person, and stores the outcome. Blocks for two calls and the mail server.
  ///
  /// @throws Exception if a service or the database does not answer; it is repeated after its lease
  void attempt(ClaimedPerson person) throws Exception {
    Mail outcome = Caller.callAs(person.tenant(), () -> look(person));
    meters.mailed(outcome);
  }

  private Mail look(ClaimedPerson person) {
    UnreadConversations unread = receivers.unread(person.userId(), config.conversations());
    if (unread.messages() == 0) {
      postpone(person, null);
      return Mail.READ;
    }
    Optional<Contact> contact = receivers.contact(person.userId()).filter(Contact::active);
    if (contact.isEmpty() || !MailAddress.isValid(contact.get().email())) {
      postpone(person, null);
      return Mail.UNREACHABLE;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant earliest = earliest(person, contact.get(), now);
    if (earliest.isAfter(now)) {
      postpone(person, earliest);
      return Mail.POSTPONED;
    }
    if (!QuarkusTransaction.requiringNew().call(() -> queue.begin(person, now))) {
      return Mail.POSTPONED;
    }
    return store(person, now, server.send(mails.of(person, contact.get().email(), unread)));
  }

  /// When the person may get a mail, if they stay away.
  private Instant earliest(ClaimedPerson person, Contact contact, Instant now) {
    if (contact.isOnline()) {
      return now.plus(config.quietTime());
    }
    Instant lastSeen = contact.lastSeen() == null ? Instant.EPOCH : contact.lastSeen();
    Instant mailedAt = person.mailedAt();
    return mailedAt == null || lastSeen.isAfter(mailedAt)
        ? lastSeen.plus(config.quietTime())
        : mailedAt.plus(config.againAfter());
  }

  private Mail store(ClaimedPerson person, Instant mailedAt, MailServer.Outcome outcome) {
    Mail result =
        switch (outcome) {
          case MailServer.Accepted _ -> Mail.SENT;
          case MailServer.Refused _ -> Mail.REFUSED;
          case MailServer.Failed _ ->
              person.failures() + 1 >= config.maxAttempts() ? Mail.DEAD : Mail.FAILED;
        };
    if (!(outcome instanceof MailServer.Accepted)) {
      String reason = outcome.toString();
      LOG.warnf(
          "mail_%s tenant=%s user=%s attempt=%d reason=%s",
          result, person.tenant(), person.userId(), person.failures() + 1, reason);
    }
    Duration delay =
        schedule.delay(person.failures() + 1, Optional.empty(), ThreadLocalRandom.current());
    QuarkusTransaction.requiringNew()
        .run(() -> {
          if (result == Mail.FAILED) {
            queue.retry(person, mailedAt, clock.instant().plus(delay));
          } else {
            queue.finish(person, mailedAt);
          }
        });
    return result;
  }

  private void postpone(ClaimedPerson person, @Nullable Instant at) {
    QuarkusTransaction.requiringNew().run(() -> queue.postpone(person, at));
  }
}
