package com.secureapprove.chat.gateway.frames;

/// A text frame that is encoded once and written to many connections.
///
/// @param utf8 the text; must not be changed
public record EncodedFrame(byte[] utf8) {}
