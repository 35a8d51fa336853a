package com.secureapprove.chat.gateway.frames;

/// A frame as it goes to every session: its text, and how much room that takes on the wire.
///
/// @param bytes the length of the text in UTF-8
public record EncodedFrame(String text, int bytes) {}
