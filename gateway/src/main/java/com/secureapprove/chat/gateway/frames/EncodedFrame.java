package com.secureapprove.chat.gateway.frames;

/// A frame as it goes over the wire, the same bytes for every session.
public final class EncodedFrame {
  private final byte[] utf8;

  EncodedFrame(byte[] utf8) {
    this.utf8 = utf8;
  }

  /// The text in UTF-8; not to be changed.
  public byte[] utf8() {
    return utf8;
  }
}
