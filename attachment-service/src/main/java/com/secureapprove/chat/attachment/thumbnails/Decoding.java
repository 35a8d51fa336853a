package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.thumbnails.Picture.UnsuitableException;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/// Decodes a picture and scales it down.
final class Decoding {
  private static final int EDGE = 640;

  /// Larger pictures are read with subsampling. An A4 page scanned with 200 dpi is read whole, so
  /// that its text stays readable.
  private static final int MAX_READ_PIXELS = 4_000_000;

  private Decoding() {}

  /// Returns a JPEG of at most 640 by 640 pixels.
  ///
  /// @throws IOException if the picture is damaged, or not decoded within the time
  static byte[] thumbnail(Picture picture, Duration time) throws IOException {
    BufferedImage small = scaled(read(picture, time));
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    if (!ImageIO.write(picture.orientation().upright(small), "jpeg", jpeg)) {
      throw new UnsuitableException("no_writer");
    }
    return jpeg.toByteArray();
  }

  private static BufferedImage read(Picture picture, Duration time) throws IOException {
    ImageReader reader =
        picture.type() == AllowedType.WEBP
            ? new WebPImageReaderSpi().createReaderInstance(null)
            : ImageIO.getImageReadersByMIMEType(picture.type().mediaType()).next();
    try (BudgetedInput input = new BudgetedInput(picture.bytes(), time, picture.maxAllocated())) {
      reader.setInput(input, true, true);
      if (reader.getWidth(0) != picture.width() || reader.getHeight(0) != picture.height()) {
        throw new UnsuitableException("contradictory_size");
      }
      ImageReadParam parameters = reader.getDefaultReadParam();
      int step =
          (int) Math.ceil(Math.sqrt((double) picture.width() * picture.height() / MAX_READ_PIXELS));
      parameters.setSourceSubsampling(step, step, 0, 0);
      parameters.setSourceProgressivePasses(0, picture.passes());
      return picture.colors() == PictureColors.DECODED
          ? reader.read(0, parameters)
          : picture.colors().rgb(reader.readRaster(0, parameters));
    } finally {
      reader.dispose();
    }
  }

  private static BufferedImage scaled(BufferedImage picture) {
    double scale = Math.min(1.0, (double) EDGE / Math.max(picture.getWidth(), picture.getHeight()));
    int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
    BufferedImage current = picture;
    // Bilinear interpolation reads four pixels, so each step may halve the size at most.
    while (current.getWidth() >= 2 * width && current.getHeight() >= 2 * height) {
      current = drawn(current, current.getWidth() / 2, current.getHeight() / 2);
    }
    return drawn(current, width, height);
  }

  private static BufferedImage drawn(BufferedImage picture, int width, int height) {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(picture, 0, 0, width, height, Color.WHITE, null);
    } finally {
      graphics.dispose();
    }
    return drawn;
  }
}
