package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.thumbnails.Picture.UnsuitableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Examines a WebP without decoding it, and keeps its first image and its alpha channel only. The
/// dimensions are those of the image itself, because the container may state others.
final class WebpStructure {
  /// The decoder allocates about 15 bytes for each pixel.
  private static final long MAX_PIXELS = 2_750_000;

  private static final int HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int RIFF = tag("RIFF");
  private static final int WEBP = tag("WEBP");
  private static final int EXTENDED = tag("VP8X");
  private static final int LOSSY = tag("VP8 ");
  private static final int LOSSLESS = tag("VP8L");
  private static final int ALPHA = tag("ALPH");
  private static final int FRAME = tag("ANMF");
  private static final int EXIF = tag("EXIF");
  private static final int ALPHA_FLAG = 0x10;

  private final ByteBuffer file;
  private Orientation orientation = Orientation.UPRIGHT;
  private @Nullable ByteBuffer alpha;
  private @Nullable ByteBuffer image;

  private WebpStructure(byte[] bytes) {
    file = littleEndian(ByteBuffer.wrap(bytes));
  }

  static Picture picture(byte[] bytes) throws UnsuitableException {
    return new WebpStructure(bytes).picture();
  }

  private Picture picture() throws UnsuitableException {
    chunks(HEADER, file.limit(), false);
    ByteBuffer found = image;
    if (found == null) {
      throw new UnsuitableException("no_image");
    }
    boolean lossless = found.getInt(0) == LOSSLESS;
    int width;
    int height;
    if (lossless) {
      int sizes = found.getInt(CHUNK_HEADER + 1);
      width = (sizes & 0x3fff) + 1;
      height = ((sizes >> 14) & 0x3fff) + 1;
    } else {
      width = found.getShort(CHUNK_HEADER + 6) & 0x3fff;
      height = found.getShort(CHUNK_HEADER + 8) & 0x3fff;
    }
    if (width == 0 || height == 0) {
      throw new UnsuitableException("no_pixels");
    }
    if ((long) width * height > MAX_PIXELS) {
      throw new UnsuitableException("too_many_pixels");
    }
    return new Picture(
        AllowedType.WEBP,
        alone(found, width, height, lossless),
        width,
        height,
        orientation,
        PictureColors.DECODED,
        1);
  }

  /// @param inFrame whether the chunks are those of a frame, which has no further frames
  private void chunks(int start, int end, boolean inFrame) {
    for (int at = start; at + CHUNK_HEADER <= end; ) {
      int type = file.getInt(at);
      long length = Integer.toUnsignedLong(file.getInt(at + 4));
      int content = at + CHUNK_HEADER;
      int contentEnd = (int) Math.min(end, content + length);
      if ((type == LOSSY || type == LOSSLESS) && image == null) {
        image = slice(at, contentEnd);
      } else if (type == ALPHA && image == null) {
        alpha = slice(at, contentEnd);
      } else if (type == FRAME && image == null && !inFrame) {
        chunks(content + FRAME_HEADER, contentEnd, true);
      } else if (type == EXIF) {
        orientation = Orientation.ofExif(exif(slice(content, contentEnd)));
      }
      if (length > end - content) {
        return;
      }
      at = content + (int) length + (int) (length & 1);
    }
  }

  /// Some writers put the prefix of a JPEG before the EXIF data.
  private static ByteBuffer exif(ByteBuffer content) {
    boolean prefixed = content.limit() > 6 && content.getInt(0) == tag("Exif");
    return prefixed ? content.slice(6, content.limit() - 6) : content;
  }

  /// A file with the image alone.
  private ByteBuffer alone(ByteBuffer image, int width, int height, boolean lossless) {
    ByteBuffer before = lossless ? null : alpha;
    int size = before == null ? 0 : CHUNK_HEADER + 10 + before.limit() + (before.limit() & 1);
    ByteBuffer file = littleEndian(ByteBuffer.allocate(HEADER + size + image.limit() + 1));
    file.putInt(RIFF).putInt(file.limit() - 8).putInt(WEBP);
    if (before != null) {
      file.putInt(EXTENDED).putInt(10).putInt(ALPHA_FLAG);
      put24(file, width - 1);
      put24(file, height - 1);
      file.put(before.duplicate().position(0));
      file.position(HEADER + size);
    }
    return file.put(image.duplicate().position(0)).position(0);
  }

  private static void put24(ByteBuffer file, int value) {
    file.putShort((short) value).put((byte) (value >> 16));
  }

  private ByteBuffer slice(int start, int end) {
    return littleEndian(file.slice(start, end - start));
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int tag(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }
}
