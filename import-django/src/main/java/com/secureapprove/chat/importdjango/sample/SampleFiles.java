package com.secureapprove.chat.importdjango.sample;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;

/// Media files of the kinds that an old chat has: most of them allowed, some refused today, a few
/// lost.
final class SampleFiles {
  private static final int KINDS = 12;
  private static final int OVER_10_MIB = (10 << 20) + 1;

  /// A row of the table of attachments.
  ///
  /// @param path relative to the media directory
  record Made(String path, String filename, String contentType, long size) {}

  private final Path media;
  private final Random random;
  private int made;

  SampleFiles(Path media, Random random) {
    this.media = media;
    this.random = random;
  }

  Made next() throws IOException {
    int number = made++;
    String name = UUID.nameUUIDFromBytes(("file " + number).getBytes(StandardCharsets.UTF_8)) + "";
    if (number % 500 == 3) {
      return write(
          name, "huge.txt", "text/plain", "a".repeat(OVER_10_MIB).getBytes(StandardCharsets.UTF_8));
    }
    return switch (number % KINDS) {
      case 0, 1 -> write(name, "picture %d.png".formatted(number), "image/png", picture("png"));
      case 2, 3 -> write(name, "photo.jpg", "image/jpeg", picture("jpeg"));
      case 4 -> write(name, "notes.txt", "text/plain", text("Notes of a meeting.\n"));
      case 5 -> write(name, "figures.csv", "text/csv", text("month,amount\n2025-01,%d\n"));
      case 6 ->
          write(
              name, "contract.pdf", "application/pdf", text("%%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"));
      case 7 ->
          write(name, "page.html", "text/html", text("<html><script>alert(1)</script></html>"));
      case 8 ->
          write(name, "logo.svg", "image/png", text("<svg xmlns='http://www.w3.org/2000/svg'/>"));
      case 9 -> write(name, "setup.exe", "application/octet-stream", text("MZ\u0001\u0002"));
      case 10 ->
          number % 24 == 10
              ? new Made("chat_attachments/lost/" + name, "lost.pdf", "application/pdf", 1_234)
              : write(name, "empty.txt", "text/plain", new byte[0]);
      default ->
          write(name, "data.bin", "application/x-data", random(20_000 + random.nextInt(50_000)));
    };
  }

  private Made write(String name, String filename, String type, byte[] bytes) throws IOException {
    String path = "chat_attachments/2025/%02d/%s".formatted(1 + made % 12, name);
    Path file = media.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return new Made(path, filename, type, bytes.length);
  }

  private byte[] picture(String format) throws IOException {
    BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = image.createGraphics();
    for (int i = 0; i < 20; i++) {
      drawing.setColor(new Color(random.nextInt(1 << 24)));
      drawing.fillRect(random.nextInt(300), random.nextInt(180), 60, 40);
    }
    drawing.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  private byte[] text(String text) {
    return text.formatted(random.nextInt(1_000)).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
