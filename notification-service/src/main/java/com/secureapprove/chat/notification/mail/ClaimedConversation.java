package com.secureapprove.chat.notification.mail;

import java.util.UUID;

/// A conversation whose review this replica holds the lease of.
///
/// @param attempt its number, 1 for the first; also the fence of the lease
record ClaimedConversation(UUID id, int attempt) {}
