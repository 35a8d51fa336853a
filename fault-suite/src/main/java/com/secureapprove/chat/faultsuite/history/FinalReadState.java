package com.secureapprove.chat.faultsuite.history;

/// The final state of a member in a conversation, as the gateway reports it.
///
/// @param readSeq the last message read; 0 for none
/// @param permanent whether the person was a member before the first message and never left
/// @param confirmedRead the highest confirmed read position of one of its devices
/// @param requestedRead the highest read position that one of its devices has sent
public record FinalReadState(
    String person,
    String conversation,
    long lastSeq,
    long readSeq,
    long unread,
    boolean permanent,
    long confirmedRead,
    long requestedRead) {}
