package com.secureapprove.chat.gateway.frames;

/// A frame that is encoded once and written to many connections.
///
/// @param bytes the length of the text in UTF-8
public record EncodedFrame(String text, int bytes) {}
