package com.secureapprove.chat.attachment.inspection;

import java.util.Optional;

/// Checks that a file which begins like text contains no control bytes that text does not use.
/// UTF-16 is rejected.
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
        throw FileInspection.refusal("The type of the file is not allowed");
      }
    }
  }

  @Override
  public Optional<AllowedType> type() {
    return Optional.of(type);
  }
}
