package com.secureapprove.chat.notification.mail;

import org.jspecify.annotations.Nullable;

/// Whether a person gets mails about unread messages.
///
/// @param available whether the tenant has such mails
/// @param enabled whether the person wants them
/// @param language `en`, `es` or `pt-BR`; null if the person has not chosen one
record MailPreference(boolean available, boolean enabled, @Nullable String language) {

  /// A change; null leaves a member as it is.
  record Change(@Nullable Boolean enabled, @Nullable String language) {}
}
