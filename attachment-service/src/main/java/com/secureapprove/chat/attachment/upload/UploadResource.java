package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.attachment.inspection.FileInspection;
import com.secureapprove.chat.attachment.inspection.SafeFileNames;
import com.secureapprove.chat.attachment.scanning.MalwareScanner;
import com.secureapprove.chat.attachment.store.BlobStore;
import com.secureapprove.chat.attachment.store.BlobWriter;
import com.secureapprove.chat.attachment.thumbnails.Thumbnails;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.multipart.UploadLimits;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.commons.fileupload2.core.MultipartInput.MalformedStreamException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The endpoint for uploads. Streams the bytes from the request to the store and inspects them on
/// the way.
@Path("/api/chat/attachments")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class UploadResource {
  /// Allowance for the other parts of the form, in bytes.
  private static final long FORM = 1 << 20;

  private final FileInspection inspection;
  private final MalwareScanner scanner;
  private final Thumbnails thumbnails;
  private final BlobStore store;
  private final EntityManager database;
  private final Caller caller;
  private final long maxSize;
  private final Clock clock = Clock.systemUTC();

  UploadResource(
      FileInspection inspection,
      MalwareScanner scanner,
      Thumbnails thumbnails,
      BlobStore store,
      EntityManager database,
      Caller caller,
      UploadLimits config) {
    this.inspection = inspection;
    this.scanner = scanner;
    this.thumbnails = thumbnails;
    this.store = store;
    this.database = database;
    this.caller = caller;
    this.maxSize = config.maxSize().asLongValue();
  }

  /// Stores the uploaded file.
  ///
  /// A rejected upload is read to its end, so that the client receives the response and not a
  /// connection reset. A request whose `Content-Length` is too large is not read at all.
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public RestResponse<AttachmentView> upload(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
      InputStream body)
      throws IOException {
    if (length != null && length > maxSize + FORM) {
      throw LimitedRequestBody.tooLarge();
    }
    InputStream bounded = new LimitedRequestBody(body, maxSize + FORM);
    try {
      return RestResponse.status(RestResponse.Status.CREATED, store(bounded, contentType).view());
    } finally {
      drain(bounded);
    }
  }

  private static void drain(InputStream body) {
    try {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | ProblemException e) {
      // The body exceeds the limit or the client has disconnected. No response can be received.
    }
  }

  private Attachment store(InputStream body, @Nullable String contentType) throws IOException {
    Optional<UploadedForm.File> file = new UploadedForm(body, contentType).file();
    if (file.isEmpty()) {
      throw ProblemException.invalid("file", "must be given");
    }
    Attachment attachment = new Attachment();
    attachment.id = TimeOrderedIds.next();
    attachment.tenant = caller.tenant();
    attachment.uploaderId = caller.user().userId();
    attachment.filename = SafeFileNames.sanitized(file.get().name());
    FileInspection.TypeDetection detection =
        inspection.start(attachment.filename, file.get().contentType());
    try (UploadReceiver receiver =
        new UploadReceiver(store, attachment.bytes(), detection, maxSize)) {
      UploadReceiver.Received received = receiver.receive(file.get().bytes());
      attachment.contentType = received.type().mediaType();
      attachment.size = received.size();
      attachment.sha256 = received.sha256();
      scanOrDeleteBytes(attachment);
      if (received.type().isImage()) {
        attachment.hasThumbnail = withThumbnail(attachment, received);
      }
    } catch (MalformedStreamException e) {
      throw UploadedForm.malformed();
    }
    attachment.uploadedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    insertOrDeleteBytes(attachment);
    return attachment;
  }

  /// Scans the stored bytes. They are in quarantine until then: no row names them, so no one can
  /// read them. They are deleted unless they are clean.
  private void scanOrDeleteBytes(Attachment attachment) throws IOException {
    try {
      scanner.requireClean(() -> store.open(attachment.bytes(), 0, attachment.size));
    } catch (RuntimeException | IOException e) {
      store.delete(attachment.bytes());
      throw e;
    }
  }

  private boolean withThumbnail(Attachment attachment, UploadReceiver.Received received)
      throws IOException {
    Optional<byte[]> small =
        thumbnails.of(
            attachment.tenant,
            attachment.uploaderId,
            received.type(),
            (offset, length) -> store.open(attachment.bytes(), offset, length),
            attachment.size);
    if (small.isPresent()) {
      try (BlobWriter incoming = store.create(attachment.thumbnail())) {
        incoming.write(small.get());
        incoming.commit();
      }
    }
    return small.isPresent();
  }

  /// Inserts the row after the bytes are stored, so that no row lacks its bytes. Deletes the bytes
  /// if the insert fails.
  private void insertOrDeleteBytes(Attachment attachment) throws IOException {
    try {
      QuarkusTransaction.requiringNew().run(() -> insert(attachment));
    } catch (RuntimeException e) {
      store.delete(attachment.thumbnail());
      store.delete(attachment.bytes());
      throw e;
    }
  }

  private void insert(Attachment attachment) {
    database
        .createNativeQuery(
            "insert into tenant_with_files (tenant) values (?1) on conflict do nothing")
        .setParameter(1, attachment.tenant)
        .executeUpdate();
    attachment.persist();
  }
}
