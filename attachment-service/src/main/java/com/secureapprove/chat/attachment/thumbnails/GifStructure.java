package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.thumbnails.Picture.UnsuitableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Examines a GIF without decoding it. Only its first frame is kept, of however many.
final class GifStructure {
  private static final int HEADER = 13;
  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int TRAILER = 0x3b;

  private GifStructure() {}

  /// @param bytes is overwritten
  static Picture picture(byte[] bytes) throws UnsuitableException {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.position(HEADER + palette(file.get(10)));
    while (true) {
      switch (Byte.toUnsignedInt(file.get())) {
        case EXTENSION -> {
          file.get();
          skipBlocks(file);
        }
        case IMAGE -> {
          return firstFrame(file);
        }
        default -> throw new UnsuitableException("no_frame");
      }
    }
  }

  private static Picture firstFrame(ByteBuffer file) throws UnsuitableException {
    int at = file.position();
    int width = Short.toUnsignedInt(file.getShort(at + 4));
    int height = Short.toUnsignedInt(file.getShort(at + 6));
    if (width == 0 || height == 0) {
      throw new UnsuitableException("no_pixels");
    }
    if ((long) width * height > Picture.MAX_SAMPLES) {
      throw new UnsuitableException("too_many_pixels");
    }
    file.position(at + 9 + palette(file.get(at + 8)) + 1);
    skipBlocks(file);
    int end = Math.min(file.position(), file.limit() - 1);
    file.put(end, (byte) TRAILER);
    return new Picture(
        AllowedType.GIF,
        file.position(0).limit(end + 1),
        width,
        height,
        Orientation.UPRIGHT,
        PictureColors.DECODED,
        1);
  }

  /// The size in bytes of the palette that the flags announce.
  private static int palette(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static void skipBlocks(ByteBuffer file) {
    for (int length = Byte.toUnsignedInt(file.get()); length > 0; ) {
      file.position(Math.min(file.limit(), file.position() + length));
      length = file.hasRemaining() ? Byte.toUnsignedInt(file.get()) : 0;
    }
  }
}
