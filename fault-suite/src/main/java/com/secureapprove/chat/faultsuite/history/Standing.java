package com.secureapprove.chat.faultsuite.history;

/// The final state of a member in a conversation, as the gateway reports it.
///
/// @param readSeq the last message read; 0 for none
/// @param fromTheStart whether the person was a member before the first message and never left
/// @param readAtLeast the highest confirmed read position of one of its devices
/// @param readAtMost the highest read position that one of its devices has sent
public record Standing(
    String person,
    String conversation,
    long lastSeq,
    long readSeq,
    long unread,
    boolean fromTheStart,
    long readAtLeast,
    long readAtMost) {}
