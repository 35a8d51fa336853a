package com.secureapprove.chat.importdjango.files;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.inspection.FileInspection;
import com.secureapprove.chat.attachment.inspection.RandomAccess;
import com.secureapprove.chat.attachment.inspection.SafeFileNames;
import com.secureapprove.chat.attachment.store.BlobStore;
import com.secureapprove.chat.attachment.store.BlobWriter;
import com.secureapprove.chat.attachment.thumbnails.Thumbnails;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.importdjango.old.OldMessage.OldAttachment;
import com.secureapprove.chat.importdjango.report.Counter;
import com.secureapprove.chat.importdjango.report.FindingKind;
import com.secureapprove.chat.importdjango.report.ImportReport;
import com.secureapprove.chat.platform.hash.Sha256;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Inspects media files as uploads are inspected, and copies them into the store.
///
/// A file that is refused there comes along as a download of the type `application/octet-stream`,
/// which nothing shows inline, or is left out. For one thread.
public final class FileImport {
  private static final String DOWNLOAD_ONLY = "application/octet-stream";
  private static final int BUFFER = 64 * 1024;

  /// What becomes of refused files.
  public enum Refused {
    DOWNLOAD_ONLY,
    LEFT_OUT
  }

  /// The message that a file belongs to.
  public record Owner(String tenant, UUID conversationId, String senderId, String messageKey) {}

  private final MediaDirectory media;
  private final @Nullable BlobStore store;
  private final Refused refused;
  private final long maxSize;
  private final ImportReport report;
  private final FileInspection inspection = new FileInspection();
  private final Thumbnails thumbnails = new Thumbnails();
  private final List<Attachment> copied = new ArrayList<>();

  /// @param store null to inspect only
  /// @param maxSize the largest upload, in bytes
  public FileImport(
      MediaDirectory media,
      @Nullable BlobStore store,
      Refused refused,
      long maxSize,
      ImportReport report) {
    this.media = media;
    this.store = store;
    this.refused = refused;
    this.maxSize = maxSize;
    this.report = report;
  }

  /// Inspects and copies a file that is not stored yet.
  ///
  /// @return how the message shows it; empty if it is left out. A missing file is shown, and its
  ///   download answers 404 as before.
  /// @throws UncheckedIOException if the store fails
  public Optional<AttachmentView> bring(OldAttachment old, Owner owner) {
    Attachment file = new Attachment();
    file.id = old.id();
    file.tenant = owner.tenant();
    file.uploaderId = owner.senderId();
    file.filename = SafeFileNames.sanitized(old.filename().isBlank() ? old.path() : old.filename());
    file.contentType = DOWNLOAD_ONLY;
    file.size = Math.max(0, old.size());
    file.uploadedAt = old.uploadedAt();
    file.conversationId = owner.conversationId();
    file.clientMessageId = owner.messageKey();
    report.count(Counter.FILES, 1);
    return switch (media.find(old.path())) {
      case MediaDirectory.Found.File(Path path) -> inspectAndCopy(old, file, path);
      case MediaDirectory.Found.Missing() -> notRead(FindingKind.FILE_MISSING, old, file);
      case MediaDirectory.Found.Outside() -> notRead(FindingKind.FILE_OUTSIDE, old, file);
    };
  }

  /// Shows a file that an earlier run has stored. Files of that run are listed again.
  public AttachmentView known(Attachment file) {
    report.count(Counter.FILES, 1);
    if (file.contentType.equals(DOWNLOAD_ONLY)) {
      report.list(
          FindingKind.FILE_DOWNLOAD_ONLY,
          "file",
          file.id,
          "name",
          file.filename,
          "reason",
          "stored by an earlier run");
    }
    return file.view();
  }

  /// The files that were copied since the last call, for their rows.
  public List<Attachment> takeCopied() {
    List<Attachment> taken = List.copyOf(copied);
    copied.clear();
    return taken;
  }

  private Optional<AttachmentView> inspectAndCopy(OldAttachment old, Attachment file, Path path) {
    Optional<AllowedType> type = Optional.empty();
    try {
      file.size = Files.size(path);
      type = Optional.of(inspect(old, file, path));
      file.contentType = type.get().mediaType();
    } catch (ProblemException e) {
      FindingKind finding =
          refused == Refused.LEFT_OUT ? FindingKind.FILE_REFUSED : FindingKind.FILE_DOWNLOAD_ONLY;
      list(finding, old, file, e.detail());
      if (refused == Refused.LEFT_OUT) {
        return Optional.empty();
      }
    } catch (IOException e) {
      list(FindingKind.FILE_UNREADABLE, old, file, String.valueOf(e.getMessage()));
      return Optional.of(file.view());
    }
    report.count(Counter.FILES_NEW, 1);
    report.count(Counter.FILE_BYTES, file.size);
    if (store != null) {
      copy(store, file, path, type);
      copied.add(file);
    }
    return Optional.of(file.view());
  }

  private AllowedType inspect(OldAttachment old, Attachment file, Path path) throws IOException {
    if (file.size > maxSize) {
      throw ProblemException.invalid("file", "has more than " + maxSize / (1 << 20) + " MiB");
    }
    if (file.size == 0) {
      throw ProblemException.invalid("file", "is empty");
    }
    FileInspection.TypeDetection detection = inspection.start(file.filename, old.contentType());
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = Files.newInputStream(path)) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        detection.update(buffer, 0, read);
      }
    }
    detection.end();
    return detection.type(randomAccess(path));
  }

  private void copy(BlobStore into, Attachment file, Path path, Optional<AllowedType> type) {
    MessageDigest digest = Sha256.digest();
    try (InputStream bytes = Files.newInputStream(path);
        BlobWriter writer = into.create(file.bytes())) {
      byte[] buffer = new byte[BUFFER];
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        digest.update(buffer, 0, read);
        writer.write(buffer, 0, read);
      }
      writer.commit();
      file.sha256 = HexFormat.of().formatHex(digest.digest());
      if (type.isPresent() && type.get().isImage()) {
        addThumbnail(into, file, type.get(), path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s could not be stored".formatted(file.id), e);
    }
  }

  private void addThumbnail(BlobStore into, Attachment file, AllowedType type, Path path)
      throws IOException {
    Optional<byte[]> small =
        thumbnails.of(file.tenant, file.uploaderId, type, randomAccess(path), file.size);
    if (small.isPresent()) {
      try (BlobWriter writer = into.create(file.thumbnail())) {
        writer.write(small.get());
        writer.commit();
      }
      file.hasThumbnail = true;
      report.count(Counter.THUMBNAILS, 1);
    }
  }

  private Optional<AttachmentView> notRead(
      FindingKind finding, OldAttachment old, Attachment file) {
    list(finding, old, file, "");
    return Optional.of(file.view());
  }

  private void list(FindingKind finding, OldAttachment old, Attachment file, String reason) {
    report.list(
        finding,
        "file",
        file.id,
        "message",
        old.messageId(),
        "name",
        file.filename,
        "path",
        old.path(),
        "size",
        file.size,
        "reason",
        reason);
  }

  private static RandomAccess randomAccess(Path path) {
    return (offset, length) -> {
      FileChannel file = FileChannel.open(path);
      file.position(offset);
      return new Limited(Channels.newInputStream(file), length);
    };
  }

  /// The first bytes of a stream.
  private static final class Limited extends java.io.FilterInputStream {
    private long left;

    Limited(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      int read = left <= 0 ? -1 : super.read();
      left -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read =
          left <= 0 && length > 0 ? -1 : super.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
