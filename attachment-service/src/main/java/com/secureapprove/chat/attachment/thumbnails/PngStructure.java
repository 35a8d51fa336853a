package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.thumbnails.Picture.UnsuitableException;
import java.nio.ByteBuffer;

/// Examines a PNG without decoding it. Only the chunks that a decoder needs are kept: compressed
/// texts and color profiles can expand without limit.
final class PngStructure {
  private static final int SIGNATURE = 8;
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504c5445;
  private static final int TRNS = 0x74524e53;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;
  private static final int EXIF = 0x65584966;

  /// The length, the type and the checksum.
  private static final int AROUND = 12;

  private PngStructure() {}

  /// @param bytes is overwritten
  static Picture picture(byte[] bytes) throws UnsuitableException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    ByteBuffer kept = ByteBuffer.wrap(bytes).position(SIGNATURE); // moves chunks in place
    Orientation orientation = Orientation.UPRIGHT;
    int width = 0;
    int height = 0;
    int type = 0;
    for (int at = SIGNATURE; type != IEND && at + AROUND <= bytes.length; ) {
      int length = file.getInt(at);
      type = file.getInt(at + 4);
      if (length < 0 || length > bytes.length - AROUND - at) {
        throw new UnsuitableException("cut_off");
      }
      if (type == IHDR) {
        width = file.getInt(at + 8);
        height = file.getInt(at + 12);
        requireFewSamples(width, height, file.get(at + 16), file.get(at + 17));
      } else if (type == EXIF) {
        orientation = Orientation.ofExif(file.slice(at + 8, length));
      }
      if (type == IHDR || type == PLTE || type == TRNS || type == IDAT || type == IEND) {
        kept.put(bytes, at, length + AROUND);
      }
      at += length + AROUND;
    }
    return new Picture(
        AllowedType.PNG, kept.flip(), width, height, orientation, PictureColors.DECODED, 1);
  }

  private static void requireFewSamples(int width, int height, int depth, int color)
      throws UnsuitableException {
    int channels =
        switch (color) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    if (width <= 0 || height <= 0) {
      throw new UnsuitableException("no_pixels");
    }
    long samples = (long) width * height * channels * (depth == 16 ? 2 : 1);
    if (samples > Picture.MAX_SAMPLES) {
      throw new UnsuitableException("too_many_pixels");
    }
  }
}
