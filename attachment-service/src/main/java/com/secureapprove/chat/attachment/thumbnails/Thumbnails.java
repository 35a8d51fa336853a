package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.inspection.RandomAccess;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Makes thumbnails: JPEGs of at most 640 by 640 pixels, upright, with the aspect ratio of the
/// picture. This is twice the size at which the web client shows them.
///
/// Pictures are untrusted. Three limits apply, because a small file can need much time or memory:
/// 1. The headers are read first. They contain the number of pixels and of the passes over them.
/// 2. Decoding stops at a deadline and after a number of allocated bytes.
/// 3. One picture is decoded at a time. Tenants take turns, and so do the persons of a tenant.
@Singleton
public class Thumbnails {
  private static final Logger LOG = Logger.getLogger(Thumbnails.class);
  private static final int MAX_FILE = 16 << 20;

  /// The sum is less than the time-out of the gateway.
  private static final Duration MAX_WAIT = Duration.ofSeconds(8);

  private static final Duration MAX_DECODING = Duration.ofSeconds(4);

  private final FairQueue queue = new FairQueue("thumbnails");

  @PreDestroy
  void close() {
    queue.close();
  }

  /// Returns a JPEG. Empty if the picture is damaged or too costly, or if its turn does not come
  /// within 8 seconds. This is not an error.
  ///
  /// @param tenant of the person who uploads the picture
  public Optional<byte[]> of(
      String tenant, String person, AllowedType type, RandomAccess file, long size) {
    if (size > MAX_FILE) {
      return notMade(type, "file_too_large");
    }
    return queue
        .run(tenant, person, MAX_WAIT, () -> decoded(type, file, size))
        .orElseGet(() -> notMade(type, "no_turn"));
  }

  private static Optional<byte[]> decoded(AllowedType type, RandomAccess file, long size) {
    try (InputStream stored = file.open(0, size)) {
      Picture picture = PictureStructure.examine(type, stored.readNBytes((int) size));
      return Optional.of(Decoding.thumbnail(picture, MAX_DECODING));
    } catch (IOException | RuntimeException | LinkageError e) {
      // A native image may lack a codec library; its first use then throws a LinkageError.
      String reason =
          e instanceof Picture.UnsuitableException
              ? String.valueOf(e.getMessage())
              : e.getClass().getSimpleName();
      return notMade(type, reason);
    }
  }

  private static Optional<byte[]> notMade(AllowedType type, String reason) {
    LOG.infof("thumbnail_not_made type=%s reason=%s", type, reason);
    return Optional.empty();
  }
}
