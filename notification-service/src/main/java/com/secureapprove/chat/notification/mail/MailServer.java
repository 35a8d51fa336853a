package com.secureapprove.chat.notification.mail;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.ext.mail.SMTPException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/// The SMTP server that takes the mails. Thread-safe.
@Singleton
class MailServer {
  /// The replies that concern the receiver's mailbox, and not the connection or the login.
  private static final Set<Integer> ABOUT_THE_RECEIVER = Set.of(550, 551, 552, 553);

  /// How an attempt ended. The text is for logs: it has no address, unlike the replies of servers.
  sealed interface Outcome {}

  /// The server is responsible for the mail from now on.
  record Accepted() implements Outcome {}

  /// The server will never take a mail to this receiver.
  record Refused(int reply) implements Outcome {
    @Override
    public String toString() {
      return "reply " + reply;
    }
  }

  /// The server did not take the mail this time.
  record Failed(String reason) implements Outcome {
    @Override
    public String toString() {
      return reason;
    }
  }

  private final ReactiveMailer mailer;
  private final Duration limit;

  MailServer(ReactiveMailer mailer, MailConfig config) {
    this.mailer = mailer;
    this.limit = config.sendWithin();
  }

  /// Hands a mail over. Blocks, but not longer than `chat.mail.digests.send-within`.
  Outcome send(Mail mail) {
    try {
      mailer.send(mail).await().atMost(limit);
      return new Accepted();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SMTPException reply) {
          return ABOUT_THE_RECEIVER.contains(reply.getReplyCode())
              ? new Refused(reply.getReplyCode())
              : new Failed("reply " + reply.getReplyCode());
        }
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Failed(cause.getClass().getSimpleName());
    }
  }
}
