package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.attachment.inspection.FileInspection;
import com.secureapprove.chat.attachment.inspection.SafeFileNames;
import com.secureapprove.chat.attachment.store.BlobStore;
import com.secureapprove.chat.attachment.store.BlobWriter;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
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

/// Uploading. The bytes go from the request to the store as they come, and are looked at on their
/// way.
@Path("/api/chat/attachments")
@RolesAllowed("user")
@RunOnVirtualThread
class UploadResource {
  /// What a form may bring besides its file, in bytes.
  private static final long FORM = 1 << 20;

  private final FileInspection inspection;
  private final Thumbnails thumbnails;
  private final BlobStore store;
  private final EntityManager database;
  private final Caller caller;
  private final long maxSize;
  private final Clock clock = Clock.systemUTC();

  UploadResource(
      FileInspection inspection,
      Thumbnails thumbnails,
      BlobStore store,
      EntityManager database,
      Caller caller,
      UploadLimits config) {
    this.inspection = inspection;
    this.thumbnails = thumbnails;
    this.store = store;
    this.database = database;
    this.caller = caller;
    this.maxSize = config.maxSize().asLongValue();
  }

  /// What is refused is read to its end all the same, so that the client hears the answer instead
  /// of a broken line; what says that it is too large is not read at all.
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public RestResponse<AttachmentView> upload(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
      InputStream body)
      throws IOException {
    if (length != null && length > maxSize + FORM) {
      throw LimitedRequestBody.tooLarge();
    }
    InputStream bounded = new LimitedRequestBody(body, maxSize + FORM);
    try {
      return RestResponse.status(RestResponse.Status.CREATED, keep(bounded, contentType).view());
    } finally {
      drain(bounded);
    }
  }

  private static void drain(InputStream body) {
    try {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | ProblemException e) {
      // more came than any request may bring, or the client has gone: nobody listens any more
    }
  }

  private Attachment keep(InputStream body, String contentType) throws IOException {
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
        inspection.at(attachment.filename, file.get().contentType());
    try (UploadReceiver receiver =
        new UploadReceiver(store, attachment.bytes(), detection, maxSize)) {
      UploadReceiver.Received received = receiver.all(file.get().bytes());
      attachment.contentType = received.type().mediaType();
      attachment.size = received.size();
      attachment.sha256 = received.sha256();
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

  private boolean withThumbnail(Attachment attachment, UploadReceiver.Received received)
      throws IOException {
    Optional<byte[]> small;
    try (InputStream image = store.open(attachment.bytes(), 0, attachment.size)) {
      small = thumbnails.of(image, received.type());
    }
    if (small.isPresent()) {
      try (BlobWriter incoming = store.receive(attachment.thumbnail())) {
        incoming.write(small.get());
        incoming.keep();
      }
    }
    return small.isPresent();
  }

  /// The bytes came first: a row without bytes would insertOrDeleteBytes what is not there. Bytes
  /// without a row are nobody's, and go.
  private void insertOrDeleteBytes(Attachment attachment) throws IOException {
    try {
      QuarkusTransaction.requiringNew().run(() -> note(attachment));
    } catch (RuntimeException e) {
      store.delete(attachment.thumbnail());
      store.delete(attachment.bytes());
      throw e;
    }
  }

  private void note(Attachment attachment) {
    database
        .createNativeQuery(
            "insert into tenant_with_files (tenant) values (?1) on conflict do nothing")
        .setParameter(1, attachment.tenant)
        .executeUpdate();
    attachment.persist();
  }
}
