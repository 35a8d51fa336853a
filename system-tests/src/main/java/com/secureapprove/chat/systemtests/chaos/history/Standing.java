package com.secureapprove.chat.systemtests.chaos.history;

/// Where a member stands in a conversation at the end, as the gateway says.
///
/// @param readSeq the last message read; 0 for none
/// @param fromTheStart whether they were in it before its first message, and never left
/// @param readAtLeast the last message whose reading was confirmed to one of their devices
/// @param readAtMost the last message of which one of their devices said that it was read
public record Standing(
    String person,
    String conversation,
    long lastSeq,
    long readSeq,
    long unread,
    boolean fromTheStart,
    long readAtLeast,
    long readAtMost) {}
