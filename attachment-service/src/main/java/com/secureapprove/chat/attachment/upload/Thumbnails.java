package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import jakarta.inject.Singleton;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jboss.logging.Logger;

/// Makes thumbnails.
///
/// Reads images with subsampling, and rejects an image by the size in its header. A small file with
/// large dimensions therefore cannot exhaust memory or CPU.
@Singleton
class Thumbnails {
  private static final Logger LOG = Logger.getLogger(Thumbnails.class);
  private static final int EDGE = 320;

  /// The decoder of progressive JPEGs needs 6 bytes for each pixel, regardless of subsampling.
  private static final long MAX_PIXELS = 25_000_000;

  /// The WebP decoder allocates about 15 bytes for each pixel after reading the header.
  private static final long MAX_WEBP_PIXELS = 2_500_000;

  /// Limits decoding to one image at a time, to bound memory.
  private final Semaphore decoding = new Semaphore(1);

  /// Returns a JPEG of at most 320 by 320 pixels; empty if the image cannot be decoded, which is
  /// not an error.
  Optional<byte[]> of(InputStream image, AllowedType type) {
    decoding.acquireUninterruptibly();
    try (ImageInputStream input = new MemoryCacheImageInputStream(image);
        ByteArrayOutputStream small = new ByteArrayOutputStream()) {
      ImageReader reader = reader(type);
      try {
        reader.setInput(input, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > maxPixels(type)) {
          return Optional.empty();
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        int step = Math.max(1, Math.max(width, height) / (2 * EDGE));
        parameters.setSourceSubsampling(step, step, 0, 0);
        return ImageIO.write(scaled(reader.read(0, parameters)), "jpeg", small)
            ? Optional.of(small.toByteArray())
            : Optional.empty();
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      // A native image may lack a codec library; its first use then throws a LinkageError.
      LOG.infof("thumbnail_not_made type=%s reason=%s", type, e.getClass().getSimpleName());
      return Optional.empty();
    } finally {
      decoding.release();
    }
  }

  private static long maxPixels(AllowedType type) {
    return type == AllowedType.WEBP ? MAX_WEBP_PIXELS : MAX_PIXELS;
  }

  private static ImageReader reader(AllowedType type) throws IOException {
    return type == AllowedType.WEBP
        ? new WebPImageReaderSpi().createReaderInstance(null)
        : ImageIO.getImageReadersByMIMEType(type.mediaType()).next();
  }

  private static BufferedImage scaled(BufferedImage image) {
    double scale = Math.min(1.0, (double) EDGE / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    } finally {
      graphics.dispose();
    }
    return small;
  }
}
