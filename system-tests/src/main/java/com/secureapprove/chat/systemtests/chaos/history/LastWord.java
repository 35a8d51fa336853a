package com.secureapprove.chat.systemtests.chaos.history;

/// What the owner of a conversation said in it when all was quiet: every member's device has to
/// hear it, and nobody else's.
///
/// @param owner the person
/// @param sent what they said
/// @param message what the answer made of it
public record LastWord(String owner, Seen.Sent sent, Message message) {}
