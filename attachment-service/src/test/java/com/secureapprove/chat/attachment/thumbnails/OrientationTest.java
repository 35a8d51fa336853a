package com.secureapprove.chat.attachment.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Thumbnails are upright and keep the aspect ratio.
@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class OrientationTest {

  /// The colors of the corners, from the top left to the bottom right, after turning.
  @ParameterizedTest
  @CsvSource({
    "0, RGBW", "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR",
    "8, GWRB", "9, RGBW",
  })
  void picturesAreTurnedUpright(int orientation, String corners) throws IOException {
    byte[] exif = Pictures.exif(orientation, ByteOrder.BIG_ENDIAN);
    byte[] intel = Pictures.exif(orientation, ByteOrder.LITTLE_ENDIAN);
    BufferedImage picture = Pictures.corners(80, 40);
    byte[] jpeg = Pictures.encoded("jpeg", picture);
    byte[] png = Pictures.encoded("png", picture);
    byte[] exifChunk = Pictures.chunk("eXIf", exif);

    assertCorners(corners, orientation, Pictures.jpegWithExif(jpeg, exif));
    assertCorners(corners, orientation, Pictures.jpegWithExif(jpeg, intel));
    assertCorners(corners, orientation, Pictures.jpegWithExif(Pictures.progressive(80, 40), intel));
    assertCorners(corners, orientation, Pictures.pngWithChunks(png, true, exifChunk));
    assertCorners(corners, orientation, Pictures.pngWithChunks(png, false, exifChunk));
    for (boolean lossless : new boolean[] {true, false}) {
      byte[] image = Pictures.webpImage(lossless);
      byte[] plain = Pictures.riffChunk("EXIF", intel);
      byte[] prefixed = Pictures.riffChunk("EXIF", Pictures.joined(Samples.text("Exif\0\0"), exif));
      assertCorners(corners, orientation, Pictures.webp(0x08, 80, 40, image, plain));
      assertCorners(corners, orientation, Pictures.webp(0x08, 80, 40, image, prefixed));
      assertCorners(corners, orientation, Pictures.webp(0x08, 80, 40, plain, image));
    }
  }

  @Test
  void damagedExifDataIsIgnored() throws IOException {
    byte[] jpeg = Pictures.encoded("jpeg", Pictures.corners(80, 40));
    for (String exif :
        new String[] {"", "MM", "MM\0*\0\0\0\u0008\u00ff\u00ff", "II*\0\u007f\u007f\u007f\u007f"}) {
      byte[] bytes = exif.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      assertCorners("RGBW", 1, Pictures.jpegWithExif(jpeg, bytes));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "png, 1000, 500, 640, 320",
    "jpeg, 1654, 2339, 453, 640",
    "gif, 40, 30, 40, 30",
    "png, 3000, 2, 640, 1",
    "jpeg, 4000, 3000, 640, 480",
  })
  void thumbnailsKeepTheAspectRatio(
      String format, int width, int height, int smallWidth, int smallHeight) throws IOException {
    BufferedImage small = thumbnail(Samples.image(format, width, height));
    assertThat(small.getWidth()).isEqualTo(smallWidth);
    assertThat(small.getHeight()).isEqualTo(smallHeight);
  }

  /// Print software writes four components. Adobe's writes them inverted, and mostly as YCCK.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "-1, 0 255 255 0, R",
    "-1, 255 0 255 0, G",
    "-1, 255 255 0 0, B",
    "-1, 0 0 0 0, W",
    "-1, 0 0 0 255, ?",
    "0, 255 0 0 255, R",
    "0, 0 255 0 255, G",
    "0, 0 0 255 255, B",
    "0, 255 255 255 255, W",
    "0, 255 255 255 0, ?",
    "2, 179 171 1 255, R",
    "2, 105 212 235 255, G",
    "2, 226 1 149 255, B",
    "2, 0 128 128 255, W",
    "2, 0 128 128 0, ?",
  })
  void fourComponentsHaveTheirColors(int adobeTransform, String components, char expected)
      throws IOException {
    int[] color = Stream.of(components.split(" ")).mapToInt(Integer::parseInt).toArray();
    BufferedImage small = thumbnail(Pictures.cmyk(80, 40, adobeTransform, color));
    assertThat(small.getWidth()).isEqualTo(80);
    assertThat(letter(small.getRGB(40, 20))).isEqualTo(expected);
  }

  private static void assertCorners(String corners, int orientation, byte[] bytes)
      throws IOException {
    BufferedImage small = thumbnail(bytes);
    boolean turned = orientation >= 5 && orientation <= 8;
    int width = turned ? 40 : 80;
    assertThat(small.getWidth()).isEqualTo(width);
    assertThat(small.getHeight()).isEqualTo(120 - width);
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      int x = (i % 2 * 2 + 1) * small.getWidth() / 4;
      int y = (i / 2 * 2 + 1) * small.getHeight() / 4;
      seen.append(letter(small.getRGB(x, y)));
    }
    assertThat(seen).hasToString(corners);
  }

  private static char letter(int rgb) {
    boolean red = (rgb >> 16 & 0xff) > 128;
    boolean green = (rgb >> 8 & 0xff) > 128;
    boolean blue = (rgb & 0xff) > 128;
    return red && green && blue ? 'W' : red ? 'R' : green ? 'G' : blue ? 'B' : '?';
  }

  private static BufferedImage thumbnail(byte[] picture) throws IOException {
    String id = Calls.uploaded("ann.acme", "a", picture);
    byte[] bytes =
        Calls.of("ann.acme")
            .get(Calls.ATTACHMENTS + id + "/thumbnail/")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }
}
