package com.secureapprove.chat.attachment;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/// Small files of every kind.
public final class Samples {
  private Samples() {}

  public static byte[] image(String format, int width, int height) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] webp() {
    return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
  }

  public static byte[] pdf() {
    return text("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
  }

  public static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A ZIP archive with entries of the given names.
  public static byte[] zip(String... names) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String name : names) {
      entries.put(name, text("<x/>"));
    }
    return zip(entries);
  }

  /// A ZIP archive with the given entries. Its writer does not know their sizes in advance, so data
  /// descriptors follow them.
  public static byte[] zip(Map<String, byte[]> entries) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A compound file, like old Office documents, whose directory contains the given stream name.
  public static byte[] compound(String stream) {
    ByteBuffer bytes = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0});
    bytes.put(4, new byte[] {(byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1});
    byte[] name = stream.getBytes(StandardCharsets.UTF_16LE);
    bytes.put(1024, name);
    bytes.putShort(1024 + 64, (short) (name.length + 2));
    return bytes.array();
  }

  /// A PNG whose header declares the given dimensions and which has no pixels.
  public static byte[] hollowPng(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put(text("IHDR")).putInt(width).putInt(height).put(new byte[] {8, 6, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array());
    ByteBuffer png = ByteBuffer.allocate(8 + 4 + 17 + 4);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.putInt(13).put(header.array()).putInt((int) crc.getValue());
    return png.array();
  }

  /// A lossy WebP whose header declares the given dimensions and which has almost no pixels.
  public static byte[] hollowWebp(int width, int height) {
    int filler = 200;
    ByteBuffer webp = ByteBuffer.allocate(30 + filler).order(ByteOrder.LITTLE_ENDIAN);
    webp.put(text("RIFF")).putInt(22 + filler).put(text("WEBPVP8 ")).putInt(10 + filler);
    webp.put(new byte[] {0x10, 0x02, 0x00, (byte) 0x9d, 0x01, 0x2a});
    webp.putShort((short) width).putShort((short) height);
    return webp.array();
  }
}
