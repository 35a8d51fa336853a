package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A picture whose structure was examined and which may be decoded.
///
/// @param type of the bytes
/// @param bytes the parts of the file that the decoder needs
/// @param width in pixels, before it is turned upright
/// @param colors the meaning of its components
/// @param passes the number of passes to decode, each of which adds detail
record Picture(
    AllowedType type,
    ByteBuffer bytes,
    int width,
    int height,
    Orientation orientation,
    PictureColors colors,
    int passes) {

  /// The maximum number of samples that all passes of a decoder may process.
  static final long MAX_SAMPLES = 200_000_000;

  /// The maximum number of bytes that decoding may allocate. A decoder of JPEG allocates 3 bytes
  /// for each pixel and pass, and frees them at the end of each line; others keep what they
  /// allocate.
  long maxAllocated() {
    return type == AllowedType.JPEG ? 1L << 30 : 72L << 20;
  }

  /// A picture that is not decoded. The message is the reason, as a log value.
  static final class UnsuitableException extends IOException {
    private static final long serialVersionUID = 1;

    UnsuitableException(String reason) {
      super(reason);
    }
  }
}
