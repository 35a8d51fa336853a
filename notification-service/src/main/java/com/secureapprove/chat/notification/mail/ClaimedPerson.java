package com.secureapprove.chat.notification.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person whose lease this replica holds.
///
/// @param language as the person has chosen it, for mails or for the notifications of a browser
/// @param mailedAt when the last mail was sent
/// @param failures of the mail that is to be sent
/// @param fence of the lease
record ClaimedPerson(
    String tenant,
    String userId,
    @Nullable String language,
    @Nullable Instant mailedAt,
    int failures,
    long fence) {}
