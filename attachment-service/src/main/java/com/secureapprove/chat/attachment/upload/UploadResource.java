package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.inspection.FileNames;
import com.secureapprove.chat.attachment.inspection.Inspection;
import com.secureapprove.chat.attachment.store.BytesStore;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Uploading. The request's bytes go to disk as they come, and are looked at there.
@Path("/api/chat/attachments")
@RolesAllowed("user")
@RunOnVirtualThread
class UploadResource {
  private final Inspection inspection;
  private final Thumbnails thumbnails;
  private final BytesStore store;
  private final EntityManager database;
  private final Caller caller;
  private final long maxSize;
  private final Clock clock = Clock.systemUTC();

  UploadResource(
      Inspection inspection,
      Thumbnails thumbnails,
      BytesStore store,
      EntityManager database,
      Caller caller,
      UploadConfig config) {
    this.inspection = inspection;
    this.thumbnails = thumbnails;
    this.store = store;
    this.database = database;
    this.caller = caller;
    this.maxSize = config.maxSize().asLongValue();
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(summary = "Upload a file, to be linked by a message of mine")
  @APIResponse(responseCode = "201", description = "It is kept")
  public RestResponse<AttachmentView> upload(@RestForm("file") @Nullable FileUpload file)
      throws IOException {
    if (file == null || file.fileName() == null) {
      throw ProblemException.invalid("file", "must be given");
    }
    if (file.size() == 0) {
      throw ProblemException.invalid("file", "must not be empty");
    }
    if (file.size() > maxSize) {
      throw new ProblemException(
          Problem.TOO_LARGE, "A file has at most " + maxSize / (1024 * 1024) + " MiB");
    }
    String name = FileNames.harmless(file.fileName());
    AllowedType type = inspection.inspect(file.uploadedFile(), name, file.contentType());
    Attachment attachment = keep(file, name, type);
    QuarkusTransaction.requiringNew().run(() -> note(attachment));
    return RestResponse.status(RestResponse.Status.CREATED, attachment.view());
  }

  /// The bytes come first: a row without bytes would promise what is not there.
  private Attachment keep(FileUpload file, String name, AllowedType type) throws IOException {
    Attachment attachment = new Attachment();
    attachment.id = TimeOrderedIds.next();
    attachment.tenant = caller.tenant();
    attachment.uploaderId = caller.user().userId();
    attachment.filename = name;
    attachment.contentType = type.mediaType();
    attachment.size = file.size();
    attachment.sha256 = sha256(file.uploadedFile());
    attachment.uploadedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    store.put(attachment.bytes(), file.uploadedFile());
    if (type.isImage()) {
      java.nio.file.Path small = Files.createTempFile("thumbnail-", ".jpg");
      try {
        attachment.hasThumbnail = thumbnails.make(file.uploadedFile(), type, small);
        if (attachment.hasThumbnail) {
          store.put(attachment.thumbnail(), small);
        }
      } finally {
        Files.deleteIfExists(small);
      }
    }
    return attachment;
  }

  private void note(Attachment attachment) {
    database
        .createNativeQuery(
            "insert into tenant_with_files (tenant) values (?1) on conflict do nothing")
        .setParameter(1, attachment.tenant)
        .executeUpdate();
    attachment.persist();
  }

  private static String sha256(java.nio.file.Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
        bytes.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
