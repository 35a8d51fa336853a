package com.secureapprove.chat.faultsuite.history;

/// The final message of an owner. Every device of a member must receive it, and no other device
/// may.
///
/// @param owner the person
/// @param sent the content
/// @param message the acknowledged message
public record FinalMessage(String owner, HistoryEvent.SendInvoked sent, ObservedMessage message) {}
