package com.secureapprove.chat.notification.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The mails to people who have unread messages and stay away.
@ConfigMapping(prefix = "chat.mail.digests")
interface MailConfig {
  /// What a mail may say: `off` (there are no mails), `title-only` (how many messages are unread),
  /// `sender` (also the names of conversations and senders) or `text` (also the beginning of the
  /// last messages).
  @WithDefault("off")
  MailContent content();

  /// The same for single tenants, such as `chat.mail.digests.content-of.acme=sender`.
  Map<String, MailContent> contentOf();

  /// The address that the mails come from, such as `Chat <chat@example.com>`. Required if any
  /// tenant has mails.
  Optional<String> from();

  /// The language of people who have not chosen one: `en`, `es` or `pt-BR`.
  @WithDefault("en")
  String language();

  /// The same for single tenants, such as `chat.mail.digests.language-of.acme=es`.
  Map<String, String> languageOf();

  /// The page that a mail leads to, for single tenants, such as
  /// `chat.mail.digests.page-of.acme=https://app.acme.example/`. Without it the tenant's sign-in
  /// page of the gateway.
  Map<String, String> pageOf();

  /// How long a message must be unread, and its receiver away, before there is a mail.
  @WithDefault("30m")
  Duration quietTime();

  /// A person who stays away gets no further mail before this time, and only if there are new
  /// messages.
  @WithDefault("24h")
  Duration againAfter();

  /// How many conversations a mail describes. It counts the others.
  @WithDefault("10")
  int conversations();

  /// How often a mail is attempted.
  @WithDefault("8")
  int maxAttempts();

  /// The delay after the first failed attempt. Each further delay is four times as long.
  @WithDefault("1m")
  Duration firstDelay();

  /// The longest delay between two attempts.
  @WithDefault("1h")
  Duration maxDelay();

  /// How many mails and look-ups of one tenant a replica works on at the same time.
  @WithDefault("4")
  int perTenant();

  /// How many mails and look-ups of all tenants a replica works on at the same time.
  @WithDefault("10")
  int perReplica();

  /// How long the mail server may take for one mail.
  @WithDefault("30s")
  Duration sendWithin();

  /// After this time another replica repeats a look-up that has not ended. Must be longer than
  /// `chat.mail.digests.send-within`.
  @WithDefault("2m")
  Duration lease();

  /// How often a replica looks for due work.
  @WithDefault("5s")
  Duration pollEvery();
}
