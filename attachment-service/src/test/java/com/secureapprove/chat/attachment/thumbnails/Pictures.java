package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.Samples;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Pictures of 80 by 40 pixels with a color in each corner, and pictures that are costly to decode.
final class Pictures {
  private static final String LOSSY =
      "UklGRq4AAABXRUJQVlA4IKIAAACQBwCdASpQACgAPm0qkUWkIqGYhABABsSgDPYQA/ADatuAfhL+yvGA+IH8A/Cu7/7sA/lYIkatJct"
          + "Cjo+4dx+tMs4lngAA/vCbQPm37S3bI6FBLU/j3e9/8JP/+aHqo8tTOUYqm2+/zgsvWAv8esJfy2zm+19R/GS98HktcwDT9N5O"
          + "Hb0Rwrgn+6843Wubag0khbP+BHv/om8CXBmLAeT4YAA=";
  private static final String LOSSLESS =
      "UklGRjoAAABXRUJQVlA4TC0AAAAvT8AJAB8gEEjeHzqN+RcQFPwf3fxHZA+ASIDEk570pI1MjOj/BAwWuhd46B4A";

  private Pictures() {}

  /// The corners are red, green, blue and white, from the top left to the bottom right.
  static BufferedImage corners(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D brush = image.createGraphics();
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < colors.length; i++) {
      brush.setColor(colors[i]);
      brush.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2);
    }
    brush.dispose();
    return image;
  }

  static byte[] encoded(String format, BufferedImage image) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, format, bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// EXIF data with an orientation, after two other tags.
  static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer exif = ByteBuffer.allocate(8 + 2 + 3 * 12 + 4).order(order);
    exif.put(Samples.text(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM"));
    exif.putShort((short) 42).putInt(8).putShort((short) 3);
    exif.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(80);
    exif.putShort((short) 0x010f).putShort((short) 2).putInt(4).putInt(0);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return exif.array();
  }

  static byte[] jpegWithExif(byte[] jpeg, byte[] exif) {
    ByteBuffer segment = ByteBuffer.allocate(4 + 6 + exif.length);
    segment.putShort((short) 0xffe1).putShort((short) (2 + 6 + exif.length));
    segment.put(Samples.text("Exif\0\0")).put(exif);
    byte[] xmp = Samples.text("http://ns.adobe.com/xap/1.0/\0<x/>");
    ByteBuffer other = ByteBuffer.allocate(4 + xmp.length);
    other.putShort((short) 0xffe1).putShort((short) (2 + xmp.length)).put(xmp);
    return inserted(jpeg, 2, joined(other.array(), segment.array()));
  }

  static byte[] chunk(String type, byte[] content) {
    byte[] named = joined(Samples.text(type), content);
    CRC32 crc = new CRC32();
    crc.update(named);
    return ByteBuffer.allocate(named.length + 8)
        .putInt(content.length)
        .put(named)
        .putInt((int) crc.getValue())
        .array();
  }

  /// @param before inserts the chunks before the pixels, otherwise at the end of the file
  static byte[] pngWithChunks(byte[] png, boolean before, byte[]... chunks) {
    return inserted(png, before ? 8 + 25 : png.length - 12, joined(chunks));
  }

  static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] out = new byte[bytes.length / 100 + 1000];
    return java.util.Arrays.copyOf(out, deflater.deflate(out));
  }

  /// The bytes of the image chunk of a WebP.
  static byte[] webpImage(boolean lossless) {
    byte[] file = Base64.getDecoder().decode(lossless ? LOSSLESS : LOSSY);
    return java.util.Arrays.copyOfRange(file, 12, file.length);
  }

  static byte[] webp(int flags, int width, int height, byte[]... chunks) {
    ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    extended.putInt(flags).putShort((short) (width - 1)).put((byte) 0);
    extended.putShort((short) (height - 1));
    return riff(riffChunk("VP8X", extended.array()), joined(chunks));
  }

  static byte[] riff(byte[]... chunks) {
    byte[] content = joined(joined(Samples.text("WEBP")), joined(chunks));
    return riffChunk("RIFF", content);
  }

  static byte[] riffChunk(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + content.length % 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(Samples.text(type))
        .putInt(content.length)
        .put(content)
        .array();
  }

  static byte[] animationFrame(byte[] image) {
    ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    header.put(6, (byte) 79).put(9, (byte) 39);
    return riffChunk("ANMF", joined(header.array(), image));
  }

  /// A JPEG whose last scan is repeated.
  static byte[] repeatedScans(int width, int height, int count) {
    byte[] jpeg = progressive(width, height);
    int last = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xda) {
        last = i;
      }
    }
    byte[] scan = java.util.Arrays.copyOfRange(jpeg, last, jpeg.length - 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < count; i++) {
      out.writeBytes(scan);
    }
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
    return out.toByteArray();
  }

  static byte[] progressive(int width, int height) {
    return written(
        new IIOImage(corners(width, height), null, null), "jpeg", ImageWriteParam.MODE_DEFAULT);
  }

  /// A JPEG of one color with four components.
  ///
  /// @param adobeTransform of the Adobe segment; -1 for a file without one
  static byte[] cmyk(int width, int height, int adobeTransform, int... color) {
    WritableRaster raster =
        Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int band = 0; band < 4; band++) {
      int[] samples = new int[width * height];
      java.util.Arrays.fill(samples, color[band]);
      raster.setSamples(0, 0, width, height, band, samples);
    }
    byte[] jpeg = written(new IIOImage(raster, null, null), "jpeg", ImageWriteParam.MODE_DISABLED);
    byte[] adobe = Samples.text("\0\u000eAdobe\0\u0064\0\0\0\0\0");
    if (adobeTransform < 0) {
      return jpeg;
    }
    adobe[adobe.length - 1] = (byte) adobeTransform;
    return inserted(jpeg, 2, joined(new byte[] {(byte) 0xff, (byte) 0xee}, adobe));
  }

  /// A GIF with many frames.
  static byte[] animatedGif(int frames) {
    byte[] gif = encoded("gif", corners(80, 40));
    int start = 0;
    for (int i = 13 + (3 << ((gif[10] & 7) + 1)); i < gif.length; i++) {
      if (gif[i] == 0x2c) {
        start = i;
        break;
      }
    }
    byte[] frame = java.util.Arrays.copyOfRange(gif, start, gif.length - 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(gif, 0, start);
    for (int i = 0; i < frames; i++) {
      out.writeBytes(frame);
    }
    out.write(0x3b);
    return out.toByteArray();
  }

  /// A lossless WebP that announces 65,536 groups of Huffman tables, each with 1 KiB in memory.
  static byte[] huffmanBomb() {
    Bits bits = new Bits();
    bits.put(0x2f, 8);
    bits.put(79, 14);
    bits.put(39, 14);
    bits.put(0, 1 + 3 + 1 + 1); // no alpha, version 0, no transform, no color cache
    bits.put(1, 1); // several groups
    bits.put(0, 3 + 1);
    oneSymbol(bits, 255);
    oneSymbol(bits, 255);
    for (int i = 0; i < 3; i++) {
      oneSymbol(bits, 0);
    }
    for (int i = 0; i < 65_536 * 5; i++) {
      bits.put(1, 4);
    }
    bits.put(0, 20_000);
    return riff(riffChunk("VP8L", bits.bytes.toByteArray()));
  }

  private static void oneSymbol(Bits bits, int symbol) {
    bits.put(1, 1);
    bits.put(0, 1);
    bits.put(1, 1);
    bits.put(symbol, 8);
  }

  /// Bits, least significant first.
  private static final class Bits {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int current;
    private int filled;

    void put(int value, int count) {
      for (int i = 0; i < count; i++) {
        current |= (i < 32 ? value >>> i & 1 : 0) << filled;
        if (++filled == 8) {
          bytes.write(current);
          current = 0;
          filled = 0;
        }
      }
    }
  }

  private static byte[] written(IIOImage image, String format, int progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(progressive);
      writer.write(null, image, parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static byte[] inserted(byte[] file, int at, byte[] added) {
    return ByteBuffer.allocate(file.length + added.length)
        .put(file, 0, at)
        .put(added)
        .put(file, at, file.length - at)
        .array();
  }

  static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
