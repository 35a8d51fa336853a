package com.secureapprove.chat.attachment.thumbnails;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/// The meaning of the components of a picture.
///
/// The decoder of the JDK converts one or three components to RGB. It does not convert four, which
/// printers' software writes: cyan, magenta, yellow and black. A color profile is not applied, so
/// the colors of these are approximate.
enum PictureColors {
  /// The decoder returns RGB.
  DECODED,
  /// Amounts of ink.
  CMYK,
  /// 255 minus the amount of ink, as Adobe's software writes it.
  INVERTED_CMYK,
  /// [#INVERTED_CMYK] with the first three components as luminance and chrominance.
  INVERTED_YCCK;

  private static final int COMPONENTS = 4;
  private static final int ADOBE_YCCK = 2;

  /// The colors of a JPEG with four components.
  ///
  /// @param adobeTransform of the Adobe segment; -1 without one
  static PictureColors ofFourComponents(int adobeTransform) {
    return adobeTransform < 0 ? CMYK : adobeTransform == ADOBE_YCCK ? INVERTED_YCCK : INVERTED_CMYK;
  }

  /// Converts decoded components to RGB.
  BufferedImage rgb(Raster raster) {
    int width = raster.getWidth();
    BufferedImage image = new BufferedImage(width, raster.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] components = new int[COMPONENTS * width];
    int[] line = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, components);
      for (int x = 0; x < width; x++) {
        line[x] = rgb(components, COMPONENTS * x);
      }
      image.setRGB(0, y, width, 1, line, 0, width);
    }
    return image;
  }

  private int rgb(int[] components, int at) {
    int first = components[at];
    int second = components[at + 1];
    int third = components[at + 2];
    int fourth = components[at + 3];
    return switch (this) {
      case DECODED -> throw new IllegalStateException("the decoder returns RGB");
      case CMYK -> printed(255 - first, 255 - second, 255 - third, 255 - fourth);
      case INVERTED_CMYK -> printed(first, second, third, fourth);
      case INVERTED_YCCK -> {
        double blueness = second - 128;
        double redness = third - 128;
        yield printed(
            255 - clamped(first + 1.402 * redness),
            255 - clamped(first - 0.344136 * blueness - 0.714136 * redness),
            255 - clamped(first + 1.772 * blueness),
            fourth);
      }
    };
  }

  /// The color of a paper with inks.
  ///
  /// @param red how much red the cyan ink leaves, and so on
  /// @param light how much light the black ink leaves
  private static int printed(int red, int green, int blue, int light) {
    return (red * light / 255) << 16 | (green * light / 255) << 8 | blue * light / 255;
  }

  private static int clamped(double component) {
    return (int) Math.clamp(Math.round(component), 0, 255);
  }
}
