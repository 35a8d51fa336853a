package com.secureapprove.chat.attachment.thumbnails;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a picture must be turned to be upright: the values 1 to 8 of the EXIF tag Orientation.
enum Orientation {
  UPRIGHT,
  MIRRORED,
  UPSIDE_DOWN,
  UPSIDE_DOWN_MIRRORED,
  TRANSPOSED,
  TURN_RIGHT,
  TRANSVERSED,
  TURN_LEFT;

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;

  /// Reads the orientation from EXIF data, which has the structure of a TIFF file. Damaged data
  /// means upright.
  static Orientation ofExif(ByteBuffer exif) {
    ByteBuffer tiff = exif.slice();
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
    long at = directory + 2;
    for (int i = 0; i < entries && at + ENTRY <= tiff.limit(); i++, at += ENTRY) {
      if (Short.toUnsignedInt(tiff.getShort((int) at)) == TAG) {
        int value =
            tiff.getShort((int) at + 2) == SHORT
                ? tiff.getShort((int) at + 8)
                : tiff.getInt((int) at + 8);
        return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /// Returns the picture upright.
  BufferedImage upright(BufferedImage picture) {
    if (this == UPRIGHT) {
      return picture;
    }
    int right = picture.getWidth() - 1;
    int bottom = picture.getHeight() - 1;
    boolean turned = ordinal() >= TRANSPOSED.ordinal();
    BufferedImage upright =
        new BufferedImage(
            turned ? bottom + 1 : right + 1, turned ? right + 1 : bottom + 1, picture.getType());
    for (int y = 0; y < upright.getHeight(); y++) {
      for (int x = 0; x < upright.getWidth(); x++) {
        int rgb =
            switch (this) {
              case UPRIGHT -> picture.getRGB(x, y);
              case MIRRORED -> picture.getRGB(right - x, y);
              case UPSIDE_DOWN -> picture.getRGB(right - x, bottom - y);
              case UPSIDE_DOWN_MIRRORED -> picture.getRGB(x, bottom - y);
              case TRANSPOSED -> picture.getRGB(y, x);
              case TURN_RIGHT -> picture.getRGB(y, bottom - x);
              case TRANSVERSED -> picture.getRGB(right - y, bottom - x);
              case TURN_LEFT -> picture.getRGB(right - y, x);
            };
        upright.setRGB(x, y, rgb);
      }
    }
    return upright;
  }
}
