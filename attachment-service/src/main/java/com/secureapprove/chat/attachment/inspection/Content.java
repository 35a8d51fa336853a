package com.secureapprove.chat.attachment.inspection;

import java.util.Optional;

/// Inspects the bytes of a file after its beginning was recognized.
sealed interface Content
    permits FileInspection.KnownContent, TextContent, ZipContent, CompoundContent {

  /// Processes the next bytes. The first call starts with the first byte of the file.
  void update(byte[] bytes, int offset, int length);

  /// Returns the type after all bytes were processed; empty if it is not allowed.
  Optional<AllowedType> type();
}
