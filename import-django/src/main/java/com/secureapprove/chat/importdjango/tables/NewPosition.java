package com.secureapprove.chat.importdjango.tables;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far a person has come in a conversation, and how many messages were unread.
///
/// @param present whether the person is a participant; others have left
/// @param unread the unread count that the old chat showed; 0 for people who left
public record NewPosition(
    UUID conversationId,
    String userId,
    boolean present,
    long unread,
    @Nullable UUID readMessage,
    @Nullable Instant readAt,
    @Nullable UUID deliveredMessage,
    @Nullable Instant deliveredAt) {}
