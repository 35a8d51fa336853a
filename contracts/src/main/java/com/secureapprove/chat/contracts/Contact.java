package com.secureapprove.chat.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How to reach a person of the directory outside the chat, and since when they are away.
///
/// @param email as the directory has it; may be empty
/// @param active whether the person may use the chat
/// @param lastSeen null if the person was never active
public record Contact(String email, boolean active, boolean isOnline, @Nullable Instant lastSeen) {}
