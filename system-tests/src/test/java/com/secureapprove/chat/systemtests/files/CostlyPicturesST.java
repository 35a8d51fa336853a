package com.secureapprove.chat.systemtests.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pictures that are small as files and costly to decode, through the gateway.
@ExtendWith(RunningSuite.class)
class CostlyPicturesST {
  private static final int SIDE = 2_000;
  private static final int SCANS = 2_000;
  private static final int UPLOADS = 15;

  private final ChatUser hostile;
  private final ChatUser victim;

  CostlyPicturesST(Suite suite) {
    hostile = suite.newTenant().person("mallory");
    victim = suite.newTenant().person("alice");
  }

  @Test
  void costlyPicturesOfOnePersonLeaveThePicturesOfOthersAlone() throws Exception {
    byte[] costly = repeatedScans(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB));
    byte[] harmless = png(new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB));
    List<Future<Answer>> uploads = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < UPLOADS; i++) {
        uploads.add(threads.submit(() -> hostile.upload("costly.jpg", "image/jpeg", costly)));
      }
      for (int i = 0; i < 3; i++) {
        String id =
            victim.upload("mine.png", "image/png", harmless).expect(201).path("id").asText();
        await().until(() -> victim.get("attachments/" + id + "/thumbnail/").status() == 200);
      }
    }
    for (Future<Answer> upload : uploads) {
      assertThat(upload.get().status()).isIn(201, 413, 415, 429);
    }
  }

  /// A progressive JPEG whose last scan follows again and again, each for the decoder to go
  /// through.
  private static byte[] repeatedScans(BufferedImage picture) throws IOException {
    byte[] jpeg = progressive(picture);
    int last = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xda) {
        last = i;
      }
    }
    int end = jpeg.length - 2;
    byte[] scan = Arrays.copyOfRange(jpeg, last, end);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, end);
    for (int i = 0; i < SCANS; i++) {
      out.writeBytes(scan);
    }
    out.write(jpeg, end, 2);
    return out.toByteArray();
  }

  private static byte[] progressive(BufferedImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }
}
