package com.secureapprove.chat.attachment.inspection;

import java.util.Optional;

/// Follows the bytes of a file of which the beginning has been recognised.
sealed interface Content
    permits FileInspection.KnownContent, TextContent, ZipContent, CompoundContent {

  /// Some more bytes, from the first one on.
  void update(byte[] bytes, int offset, int length);

  /// What it is, all bytes seen; nothing where it is not allowed.
  Optional<AllowedType> type();
}
