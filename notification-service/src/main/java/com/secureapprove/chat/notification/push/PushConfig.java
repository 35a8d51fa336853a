package com.secureapprove.chat.notification.push;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/// The notifications of Web Push.
@ConfigMapping(prefix = "chat.push.messages")
interface PushConfig {
  /// What a notification may say: `title-only` (that there is a new message), `sender` (also the
  /// names of sender and group) or `text` (also the beginning of the message).
  @WithDefault("title-only")
  PushContent content();

  /// The same for single tenants, such as `chat.push.messages.content-of.acme=text`.
  Map<String, PushContent> contentOf();

  /// How long a notification is of use. Older ones are not sent, and push services drop them.
  @WithDefault("12h")
  Duration expireAfter();

  /// An online receiver gets no notification. After this time their presence is checked again. They
  /// get one if they are offline and have not read the message. The default is longer than the 120
  /// s for which an inactive person counts as online.
  @WithDefault("130s")
  Duration checkOnlineAgainAfter();

  /// How often a notification is attempted.
  @WithDefault("8")
  int maxAttempts();

  /// The delay after the first failed attempt. Each further delay is four times as long.
  @WithDefault("5s")
  Duration firstDelay();

  /// The longest delay between two attempts.
  @WithDefault("1h")
  Duration maxDelay();

  /// How many notifications of one tenant a replica sends at the same time.
  @WithDefault("16")
  int perTenant();

  /// How many notifications of all tenants a replica sends at the same time.
  @WithDefault("256")
  int perReplica();

  /// After this time another replica repeats an attempt that has not ended. Must be longer than
  /// `chat.outbound.resolve-within` and `chat.outbound.answer-within` together.
  @WithDefault("60s")
  Duration lease();

  /// How often a replica looks for notifications that are due. Its own new events wake it earlier.
  @WithDefault("1s")
  Duration pollEvery();

  /// How long the id of a message is kept, so that a repeated event is not announced again.
  @WithDefault("3d")
  Duration keepIds();
}
