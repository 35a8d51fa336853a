package com.secureapprove.chat.attachment.inspection;

import java.io.IOException;

/// Inspects the bytes of a file after its beginning was recognized.
sealed interface Content permits KnownContent, TextContent, OfficeArchive, CompoundContent {

  /// Processes the next bytes. The first call starts with the first byte of the file.
  ///
  /// @throws ProblemException 415 if the file cannot have an allowed type
  void update(byte[] bytes, int offset, int length);

  /// Returns the type after all bytes were processed.
  ///
  /// @param file the stored bytes, for types that must be read from their end
  /// @throws ProblemException 415 if the type is not allowed
  AllowedType type(RandomAccess file) throws IOException;
}
