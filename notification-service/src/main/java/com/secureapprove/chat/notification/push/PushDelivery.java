package com.secureapprove.chat.notification.push;

import com.secureapprove.chat.notification.encryption.UserAgentKeys;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;

/// A notification of one message to one browser.
///
/// @param payload what the service worker receives
/// @param wasOnline whether the receiver was online when the message was announced
record PushDelivery(
    UUID messageId,
    UUID subscriptionId,
    String userId,
    UUID conversationId,
    long seq,
    String payload,
    boolean wasOnline,
    Instant expiresAt) {

  /// A delivery whose lease this replica holds.
  ///
  /// @param attempt its number, 1 for the first; also the fence of the lease
  record Claimed(
      String tenant,
      UUID id,
      UUID subscriptionId,
      String userId,
      UUID conversationId,
      String endpoint,
      String p256dh,
      String auth,
      String payload,
      boolean wasOnline,
      Instant expiresAt,
      int attempt) {

    UserAgentKeys keys() throws GeneralSecurityException {
      return UserAgentKeys.of(p256dh, auth);
    }
  }
}
