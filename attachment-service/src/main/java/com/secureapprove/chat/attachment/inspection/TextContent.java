package com.secureapprove.chat.attachment.inspection;

/// Checks that a file which begins like text contains no control characters that text does not use.
final class TextContent implements Content {
  private final AllowedType type;
  private final ControlCharacters controls;

  TextContent(AllowedType type, TextEncoding encoding) {
    this.type = type;
    this.controls = new ControlCharacters(encoding.charset());
  }

  /// @throws ProblemException 415 at the first control character that text does not use
  @Override
  public void update(byte[] bytes, int offset, int length) {
    if (!controls.accepts(bytes, offset, length)) {
      throw Refusals.notAllowed();
    }
  }

  @Override
  public AllowedType type(RandomAccess file) {
    return type;
  }
}
