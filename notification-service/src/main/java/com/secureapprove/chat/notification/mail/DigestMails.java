package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.contracts.UnreadConversations;
import com.secureapprove.chat.platform.hash.Sha256;
import com.secureapprove.chat.platform.identity.UnsubscribeTokens;
import com.secureapprove.chat.platform.identity.UnsubscribeTokens.Unsubscription;
import io.quarkus.mailer.Mail;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the mails. They are plain text: there is no markup to escape, nothing is loaded when a
/// mail is opened, and mail programs make the links clickable. The subject and the other headers
/// contain no text of a person.
@Singleton
class DigestMails {
  private static final int MAX_NAME = 100;
  private static final int MAX_EXCERPT = 200;

  /// A conversation in a mail.
  ///
  /// @param last the last message, in one line; null if nothing of it is shown
  record Described(String title, long unread, @Nullable String last) {}

  @CheckedTemplate(basePath = "mails")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance digest(
        long messages,
        long conversations,
        List<Described> described,
        long more,
        String page,
        String unsubscribe);
  }

  private final MailTenants tenants;
  private final MailConfig config;
  private final UnsubscribeTokens tokens;

  DigestMails(MailTenants tenants, MailConfig config, UnsubscribeTokens tokens) {
    this.tenants = tenants;
    this.config = config;
    this.tokens = tokens;
  }

  /// The mail about what a person has not read, as far as the tenant allows.
  Mail of(ClaimedPerson person, String address, UnreadConversations unread) {
    MailContent content = tenants.content(person.tenant());
    String language =
        person.language() == null
            ? tenants.language(person.tenant()).toString()
            : person.language();
    String page = tenants.page(person.tenant());
    String unsubscribe =
        tenants.unsubscribe(tokens.sign(new Unsubscription(person.tenant(), person.userId())));
    List<Described> described =
        content.allows(MailContent.SENDER)
            ? unread.newest().stream().map(each -> described(each, content)).toList()
            : List.of();
    long more = described.isEmpty() ? 0 : unread.conversations() - described.size();
    return Mail.withText(
            address,
            MessageBundles.get(DigestTexts.class, Localized.Literal.of(language))
                .subject(unread.messages()),
            Templates.digest(
                    unread.messages(), unread.conversations(), described, more, page, unsubscribe)
                .setLocale(language)
                .render())
        .setFrom(config.from().orElseThrow())
        .addHeader("Message-ID", messageId(person, page))
        .addHeader("Auto-Submitted", "auto-generated")
        .addHeader("List-Unsubscribe", "<" + unsubscribe + ">")
        .addHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }

  private static Described described(
      UnreadConversations.Conversation conversation, MailContent content) {
    return new Described(
        oneLine(conversation.title(), MAX_NAME),
        conversation.unreadCount(),
        last(conversation, content));
  }

  private static @Nullable String last(
      UnreadConversations.Conversation conversation, MailContent content) {
    if (conversation.senderName() == null) {
      return null;
    }
    String sender = oneLine(conversation.senderName(), MAX_NAME);
    String text =
        content.allows(MailContent.TEXT) && conversation.content() != null
            ? oneLine(conversation.content(), MAX_EXCERPT)
            : "";
    return text.isEmpty() ? sender : sender + ": " + text;
  }

  /// The same for each attempt of a mail, so that a mail server that took an attempt without an
  /// answer can drop the next one.
  private static String messageId(ClaimedPerson person, String page) {
    Instant before = person.mailedAt() == null ? Instant.EPOCH : person.mailedAt();
    byte[] hash =
        Sha256.digest()
            .digest(
                String.join("\n", person.tenant(), person.userId(), before.toString())
                    .getBytes(StandardCharsets.UTF_8));
    return "<" + HexFormat.of().formatHex(hash, 0, 16) + "@" + URI.create(page).getHost() + ">";
  }

  /// The beginning of a text without line breaks and marks that change the direction of writing, so
  /// that it cannot look like another part of the mail.
  private static String oneLine(String text, int max) {
    String line = text.replaceAll("[\\s\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069]+", " ").strip();
    return line.codePointCount(0, line.length()) <= max
        ? line
        : line.substring(0, line.offsetByCodePoints(0, max - 1)) + "…";
  }
}
