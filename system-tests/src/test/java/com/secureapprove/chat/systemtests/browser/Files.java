package com.secureapprove.chat.systemtests.browser;

import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/// Files as people attach them.
final class Files {

  private Files() {}

  static FilePayload picture(String name) {
    BufferedImage image = new BufferedImage(900, 600, BufferedImage.TYPE_INT_RGB);
    Graphics2D brush = image.createGraphics();
    brush.setPaint(new GradientPaint(0, 0, new Color(0xf6b26b), 900, 600, new Color(0x3c78d8)));
    brush.fillRect(0, 0, 900, 600);
    brush.setColor(new Color(0xfff8e7));
    brush.fillOval(610, 90, 150, 150);
    brush.setColor(new Color(0x274e13));
    brush.fillPolygon(new int[] {0, 260, 520}, new int[] {600, 250, 600}, 3);
    brush.setColor(new Color(0x38761d));
    brush.fillPolygon(new int[] {300, 600, 900}, new int[] {600, 320, 600}, 3);
    brush.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    return new FilePayload(name, "image/png", bytes.toByteArray());
  }

  static FilePayload text(String name, String content) {
    return new FilePayload(name, "text/plain", content.getBytes(StandardCharsets.UTF_8));
  }

  static FilePayload of(String name, String type, String content) {
    return new FilePayload(name, type, content.getBytes(StandardCharsets.UTF_8));
  }
}
