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

/// Makes small pictures. A picture is read no larger than needed, and one whose header promises too
/// much is not read at all, so that neither memory nor time can be blown up by a small file.
@Singleton
class Thumbnails {
  private static final Logger LOG = Logger.getLogger(Thumbnails.class);
  private static final int EDGE = 320;

  /// A progressive JPEG takes 6 bytes a pixel while it is read, however small it becomes.
  private static final long MOST_PIXELS = 25_000_000;

  /// The decoder makes objects of about 15 bytes a pixel as soon as it has read the header.
  private static final long MOST_PIXELS_OF_WEBP = 2_500_000;

  /// One after the other: what one of them takes, this part has to have.
  private final Semaphore turn = new Semaphore(1);

  /// A JPEG of at most 320 by 320 pixels; nothing where no picture can be made of it, which is no
  /// error.
  Optional<byte[]> of(InputStream image, AllowedType type) {
    turn.acquireUninterruptibly();
    try (ImageInputStream input = new MemoryCacheImageInputStream(image);
        ByteArrayOutputStream small = new ByteArrayOutputStream()) {
      ImageReader reader = reader(type);
      try {
        reader.setInput(input, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > mostPixels(type)) {
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
      turn.release();
    }
  }

  private static long mostPixels(AllowedType type) {
    return type == AllowedType.WEBP ? MOST_PIXELS_OF_WEBP : MOST_PIXELS;
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
