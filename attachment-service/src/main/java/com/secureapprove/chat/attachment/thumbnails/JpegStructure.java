package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.thumbnails.Picture.UnsuitableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Examines a JPEG without decoding it. The number of scans decides the time, because the decoder
/// makes a pass over the whole picture for each: a progressive JPEG of 200 KB may repeat its last
/// scan 2,000 times.
final class JpegStructure {
  /// A decoder keeps 2 bytes for each sample if there are several scans, outside of the Java heap.
  private static final long MAX_KEPT_SAMPLES = 32L << 20;

  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COMMENT = 0xfe;
  private static final int CMYK_COMPONENTS = 4;
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
  private static final int ADOBE_LENGTH = 12;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private final ByteBuffer file;
  private final ByteBuffer kept;
  private final Map<Integer, Long> samplesOfComponent = new HashMap<>();
  private @Nullable Orientation orientation;
  private int adobeTransform = -1;
  private int width;
  private int height;
  private int scans;
  private boolean severalScans;

  private JpegStructure(byte[] bytes) {
    file = ByteBuffer.wrap(bytes);
    kept = ByteBuffer.wrap(bytes); // segments move towards the start, in place
  }

  /// @param file is overwritten
  static Picture picture(byte[] file) throws UnsuitableException {
    return new JpegStructure(file).picture();
  }

  private Picture picture() throws UnsuitableException {
    int marker = nextMarker();
    while (marker != EOI && marker >= 0) {
      segment(marker);
      marker = marker == SOS ? afterScan() : nextMarker();
    }
    if (scans == 0) {
      throw new UnsuitableException("no_scan");
    }
    if (kept.remaining() >= 2) {
      keep(EOI, 0);
    }
    kept.flip();
    long samples = samplesOfComponent.values().stream().mapToLong(Long::longValue).sum();
    if (samples > (severalScans ? MAX_KEPT_SAMPLES : Picture.MAX_SAMPLES)) {
      throw new UnsuitableException("too_many_pixels");
    }
    return new Picture(
        AllowedType.JPEG,
        kept,
        width,
        height,
        orientation == null ? Orientation.UPRIGHT : orientation,
        samplesOfComponent.size() == CMYK_COMPONENTS
            ? PictureColors.ofFourComponents(adobeTransform)
            : PictureColors.DECODED,
        (int) Math.min(scans, Picture.MAX_SAMPLES / samples));
  }

  /// Returns the next marker, or -1 at the end of the file. Skips other bytes, like decoders.
  private int nextMarker() {
    while (file.remaining() >= 2) {
      if (next() == 0xff) {
        int marker = next();
        while (marker == 0xff && file.hasRemaining()) {
          marker = next();
        }
        if (marker != 0 && marker != 0xff) {
          return marker;
        }
      }
    }
    return -1;
  }

  private void segment(int marker) throws UnsuitableException {
    if (marker == SOI || isRestart(marker) || marker == 0x01) {
      if (marker == SOI) {
        keep(SOI, 0);
      }
      return;
    }
    int length = Short.toUnsignedInt(file.getShort(file.position()));
    if (length < 2 || length > file.remaining()) {
      throw new UnsuitableException("cut_off");
    }
    ByteBuffer content = file.slice(file.position() + 2, length - 2);
    boolean needed =
        marker == APP0 || marker == APP14 || marker < APP0 || marker > APP15 && marker != COMMENT;
    if (isFrame(marker)) {
      frame(marker, content);
    } else if (marker == SOS) {
      scan(content);
    } else if (marker == APP14 && content.limit() >= ADOBE_LENGTH && startsWith(content, ADOBE)) {
      adobeTransform = content.get(ADOBE_LENGTH - 1);
    } else if (marker == APP1 && orientation == null && startsWith(content, EXIF)) {
      orientation = Orientation.ofExif(content.slice(EXIF.length, content.limit() - EXIF.length));
      needed = true; // it tells the decoder the meaning of the components
    }
    if (needed) {
      keep(marker, length);
    }
    file.position(file.position() + length);
  }

  private void frame(int marker, ByteBuffer content) throws UnsuitableException {
    if (width != 0) {
      throw new UnsuitableException("several_frames");
    }
    height = Short.toUnsignedInt(content.getShort(1));
    width = Short.toUnsignedInt(content.getShort(3));
    int components = content.get(5);
    if (width == 0
        || height == 0
        || (components != 1 && components != 3 && components != CMYK_COMPONENTS)) {
      throw new UnsuitableException("colors");
    }
    int mostHorizontal = 1;
    int mostVertical = 1;
    for (int i = 0; i < components; i++) {
      int factors = content.get(7 + 3 * i);
      mostHorizontal = Math.max(mostHorizontal, factors >> 4);
      mostVertical = Math.max(mostVertical, factors & 15);
    }
    for (int i = 0; i < components; i++) {
      int factors = content.get(7 + 3 * i);
      long across = Math.ceilDiv(width * (factors >> 4), mostHorizontal * 8) * 8L;
      long down = Math.ceilDiv(height * (factors & 15), mostVertical * 8) * 8L;
      samplesOfComponent.put((int) content.get(6 + 3 * i), across * down);
    }
    severalScans = marker == 0xc2;
  }

  private void scan(ByteBuffer content) throws UnsuitableException {
    if (width == 0) {
      throw new UnsuitableException("no_frame");
    }
    int components = content.get(0);
    severalScans |= components < samplesOfComponent.size();
    scans++;
  }

  /// Keeps the data of a scan, and returns the marker after it, or -1 at the end of the file.
  private int afterScan() {
    int start = file.position();
    int end = start;
    int marker = -1;
    while (file.remaining() >= 2) {
      if (next() == 0xff) {
        int code = Byte.toUnsignedInt(file.get(file.position()));
        if (code != 0 && code != 0xff && !isRestart(code)) {
          end = file.position() - 1;
          file.get();
          marker = code;
          break;
        }
      }
    }
    if (marker < 0) {
      end = file.limit();
      file.position(end);
    }
    kept.put(file.array(), start, end - start);
    return marker;
  }

  private void keep(int marker, int length) {
    kept.put((byte) 0xff).put((byte) marker);
    kept.put(file.array(), file.position(), length);
  }

  private int next() {
    return Byte.toUnsignedInt(file.get());
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xd0 && marker <= 0xd7;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean startsWith(ByteBuffer content, byte[] start) {
    return content.limit() > start.length
        && content.slice(0, start.length).equals(ByteBuffer.wrap(start));
  }
}
