package com.secureapprove.chat.notification;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A real SMTP server that keeps what it receives.
public final class MailStub {
  private static GreenMail server = new GreenMail(on(0));
  private static int port;

  /// A mail that was received.
  ///
  /// @param headers without line folding
  public record Received(String subject, String text, Map<String, String> headers) {}

  private MailStub() {}

  static synchronized int start() {
    if (port == 0) {
      server.start();
      port = server.getSmtp().getPort();
    }
    return port;
  }

  /// Refuses connections until [#up].
  public static synchronized void down() {
    server.stop();
  }

  /// Accepts connections at the same port, without former mails.
  public static synchronized void up() {
    server = new GreenMail(on(port));
    server.start();
  }

  /// The mails to a person, oldest first.
  public static synchronized List<Received> to(String address) {
    return Arrays.stream(server.getReceivedMessages())
        .filter(mail -> addressed(mail, address))
        .map(MailStub::received)
        .toList();
  }

  private static boolean addressed(MimeMessage mail, String address) {
    try {
      return Arrays.toString(mail.getRecipients(RecipientType.TO)).contains(address);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Received received(MimeMessage mail) {
    try {
      return new Received(
          mail.getSubject(),
          mail.getContent().toString().replace("\r\n", "\n"),
          Map.of(
              "From", header(mail, "From"),
              "Message-ID", header(mail, "Message-ID"),
              "List-Unsubscribe", header(mail, "List-Unsubscribe"),
              "List-Unsubscribe-Post", header(mail, "List-Unsubscribe-Post"),
              "Auto-Submitted", header(mail, "Auto-Submitted"),
              "Content-Type", header(mail, "Content-Type")));
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(MimeMessage mail, String name) throws MessagingException {
    return mail.getHeader(name, "|").replaceAll("\r\n\\s+", "");
  }

  private static ServerSetup on(int port) {
    return new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
  }
}
