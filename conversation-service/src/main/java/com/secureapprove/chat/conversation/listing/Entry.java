package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.conversation.membership.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One of somebody's conversations, as its row and theirs say.
record Entry(
    UUID id,
    boolean isGroup,
    @Nullable String title,
    Instant createdAt,
    Instant updatedAt,
    long lastSeq,
    Instant lastActivityAt,
    int participantCount,
    Role myRole,
    boolean archived,
    boolean muted) {}
