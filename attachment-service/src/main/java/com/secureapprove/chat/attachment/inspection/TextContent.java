package com.secureapprove.chat.attachment.inspection;

import java.util.Optional;

/// Tells text from what only begins like it: there is no control byte in it that text has no use
/// for. In any encoding but the two-byte ones, which nobody sends.
final class TextContent implements Content {
  private static final int ESCAPE = 27;

  private final AllowedType type;

  TextContent(AllowedType type) {
    this.type = type;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != ESCAPE) {
        throw FileInspection.refusal("Files of this type are not allowed");
      }
    }
  }

  @Override
  public Optional<AllowedType> type() {
    return Optional.of(type);
  }
}
