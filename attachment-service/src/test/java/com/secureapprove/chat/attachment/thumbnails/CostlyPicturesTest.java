package com.secureapprove.chat.attachment.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.lessThan;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import com.secureapprove.chat.attachment.inspection.AllowedType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Small files that would cost much time or memory to decode.
@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class CostlyPicturesTest {
  /// The time to decode a picture, and a margin for a busy machine.
  private static final long MILLISECONDS = 8_000;

  static Stream<Arguments> tooCostly() {
    byte[] lossy = Samples.hollowWebp(16_000, 16_000);
    byte[] chunk = java.util.Arrays.copyOfRange(lossy, 12, lossy.length);
    return Stream.of(
        Arguments.of("progressive, many pixels", Pictures.progressive(8_000, 6_000)),
        Arguments.of("PNG of many pixels", Samples.hollowPng(50_000, 50_000)),
        Arguments.of("PNG without end", Samples.hollowPng(5_000, 5_000)),
        Arguments.of("WebP of many pixels", lossy),
        Arguments.of("WebP of many pixels in a small canvas", Pictures.webp(0, 80, 40, chunk)),
        Arguments.of(
            "WebP frame of many pixels", Pictures.webp(2, 80, 40, Pictures.animationFrame(chunk))),
        Arguments.of("nested WebP frames", nestedFrames()),
        Arguments.of("WebP with many Huffman tables", Pictures.huffmanBomb()),
        Arguments.of("GIF of many pixels", hollowGif(65_535, 65_535)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tooCostly")
  void aCostlyPictureHasNoThumbnail(String description, byte[] picture) {
    assertThat(hasThumbnail("ann.acme", picture)).as(description).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"4000, 3000, 2000", "500, 500, 5000"})
  void theNumberOfPassesIsLimitedByTheSamplesOfAll(int width, int height, int scans)
      throws IOException {
    Picture picture =
        PictureStructure.examine(AllowedType.JPEG, Pictures.repeatedScans(width, height, scans));
    assertThat(picture.passes()).isPositive().isLessThan(scans);
    assertThat((long) picture.passes() * width * height).isLessThanOrEqualTo(Picture.MAX_SAMPLES);
  }

  static Stream<Arguments> harmless() {
    byte[] png = Pictures.encoded("png", Pictures.corners(80, 40));
    byte[] bomb = Pictures.deflated(new byte[100 << 20]);
    byte[] text = Pictures.chunk("zTXt", Pictures.joined(Samples.text("a\0\0"), bomb));
    byte[] profile = Pictures.chunk("iCCP", Pictures.joined(Samples.text("a\0\0"), bomb));
    byte[][] texts = new byte[100_000][];
    java.util.Arrays.fill(texts, Pictures.chunk("tEXt", Samples.text("a\0b")));
    byte[][] frames = new byte[5_000][];
    java.util.Arrays.fill(frames, Pictures.animationFrame(Pictures.webpImage(false)));
    byte[] jpeg = Pictures.encoded("jpeg", Pictures.corners(4_000, 3_000));
    return Stream.of(
        Arguments.of("compressed texts", Pictures.pngWithChunks(png, true, text, text)),
        Arguments.of("compressed profile", Pictures.pngWithChunks(png, true, profile)),
        Arguments.of("palette", Pictures.pngWithChunks(paletted(), true, text)),
        Arguments.of("many chunks", Pictures.pngWithChunks(png, true, texts)),
        Arguments.of("GIF of many frames", Pictures.animatedGif(5_000)),
        Arguments.of("WebP of many frames", Pictures.webp(2, 80, 40, frames)),
        Arguments.of("progressive", Pictures.progressive(4_000, 3_000)),
        Arguments.of("repeated scans", Pictures.repeatedScans(4_000, 3_000, 2_000)),
        Arguments.of("repeated scans of a small picture", Pictures.repeatedScans(500, 500, 5_000)),
        Arguments.of("baseline", jpeg),
        Arguments.of("without an end", java.util.Arrays.copyOf(jpeg, jpeg.length - 2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void otherPicturesHaveAThumbnail(String description, byte[] picture) {
    assertThat(hasThumbnail("ann.acme", picture)).as(description).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif"})
  void damagedPicturesAreAccepted(String format) {
    byte[] picture = Samples.image(format, 64, 64);
    for (int length = picture.length - 1; length > 20; length -= Math.max(1, length / 20)) {
      hasThumbnail("ann.acme", java.util.Arrays.copyOf(picture, length));
    }
  }

  @Test
  void manyPicturesOfOnePersonDoNotDelayThoseOfOthers() throws Exception {
    byte[] slow = Pictures.progressive(3_000, 3_000);
    byte[] quick = Samples.image("png", 40, 40);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> flood =
          IntStream.range(0, 12)
              .mapToObj(_ ->
                  threads.submit(() ->
                      Calls.upload("ann.acme", "a", "image/jpeg", slow).extract().statusCode()))
              .toList();
      for (String other : List.of("ben.acme", "ann.globex")) {
        assertThat(hasThumbnail(other, quick)).isTrue();
      }
      for (Future<Integer> upload : flood) {
        assertThat(upload.get()).isEqualTo(201);
      }
    }
  }

  private static boolean hasThumbnail(String user, byte[] picture) {
    return Calls.upload(user, "a", "application/octet-stream", picture)
            .statusCode(201)
            .time(lessThan(MILLISECONDS))
            .extract()
            .path("thumbnail_url")
        != null;
  }

  private static byte[] paletted() {
    var image =
        new java.awt.image.BufferedImage(80, 40, java.awt.image.BufferedImage.TYPE_BYTE_INDEXED);
    return Pictures.encoded("png", image);
  }

  private static byte[] hollowGif(int width, int height) {
    return java.nio.ByteBuffer.allocate(200)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .put(Samples.text("GIF89a"))
        .putShort((short) width)
        .putShort((short) height)
        .position(13)
        .put((byte) 0x2c)
        .putInt(0)
        .putShort((short) width)
        .putShort((short) height)
        .array();
  }

  private static byte[] nestedFrames() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      byte[] header = Pictures.animationFrame(new byte[0]);
      header[4] = (byte) 0xff;
      header[5] = (byte) 0xff;
      header[6] = (byte) 0x7f;
      frames.writeBytes(header);
    }
    return Pictures.webp(2, 80, 40, frames.toByteArray());
  }
}
