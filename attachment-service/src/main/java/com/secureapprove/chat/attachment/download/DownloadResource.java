package com.secureapprove.chat.attachment.download;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.attachment.store.BlobStore;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.PathPart;
import org.jspecify.annotations.Nullable;

/// The endpoints that serve files and thumbnails.
///
/// The response headers make browsers save the file. They forbid content sniffing and script
/// execution.
@Path("/api/chat/attachments")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class DownloadResource {
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final DownloadAuthorization authorization;
  private final BlobStore store;

  DownloadResource(DownloadAuthorization authorization, BlobStore store) {
    this.authorization = authorization;
    this.store = store;
  }

  /// Serves a file, or the requested range with 206. Answers 304 if the ETag matches, 416 if the
  /// range is outside the file.
  @GET
  @Path("/{id}/download")
  public Response download(
      @PathParam("id") UUID id,
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch)
      throws IOException {
    Attachment file = authorization.requireReadable(id);
    String tag = '"' + file.sha256 + '"';
    if (isKnown(ifNoneMatch, tag)) {
      return common(Response.notModified(), tag).build();
    }
    boolean rangeApplies = ifRange == null || ifRange.equals(tag);
    return switch (ByteRange.of(rangeApplies ? range : null, file.size)) {
      case ByteRange.Whole() -> bytes(file, Response.ok(), tag, 0, file.size).build();
      case ByteRange.Part part ->
          bytes(file, Response.status(206), tag, part.first(), part.length())
              .header(
                  "Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), file.size))
              .build();
      case ByteRange.Unsatisfiable() ->
          common(Response.status(RANGE_NOT_SATISFIABLE), tag)
              .header("Content-Range", "bytes */" + file.size)
              .build();
    };
  }

  /// Serves the thumbnail of an image: an upright JPEG of at most 640 by 640 pixels.
  @GET
  @Path("/{id}/thumbnail")
  public Response thumbnail(
      @PathParam("id") UUID id, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch)
      throws IOException {
    Attachment file = authorization.requireReadable(id);
    if (!file.hasThumbnail) {
      throw new ProblemException(Problem.NOT_FOUND, "The file has no thumbnail");
    }
    String tag = '"' + file.sha256 + "-thumbnail\"";
    if (isKnown(ifNoneMatch, tag)) {
      return common(Response.notModified(), tag).build();
    }
    return common(Response.ok(content(file.thumbnail(), 0, Long.MAX_VALUE)), tag)
        .type("image/jpeg")
        .build();
  }

  /// Whether the client has that content (RFC 9110, 13.1.2).
  private static boolean isKnown(@Nullable String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Stream.of(ifNoneMatch.split(","))
            .map(known -> known.strip().replaceFirst("^W/", ""))
            .anyMatch(known -> known.equals("*") || known.equals(tag));
  }

  private Response.ResponseBuilder bytes(
      Attachment file, Response.ResponseBuilder answer, String tag, long offset, long length)
      throws IOException {
    return common(answer, tag)
        .entity(content(file.bytes(), offset, length))
        .type(file.contentType)
        .header(HttpHeaders.CONTENT_LENGTH, length)
        .header(HttpHeaders.CONTENT_DISPOSITION, Disposition.attachment(file.filename));
  }

  /// The bytes as a file that the operating system sends, or as a stream.
  private Object content(BlobStore.Key key, long offset, long length) throws IOException {
    try {
      Optional<java.nio.file.Path> file = store.file(key);
      if (file.isEmpty()) {
        return store.open(key, offset, length);
      }
      return new PathPart(file.get(), offset, Math.min(length, Files.size(file.get()) - offset));
    } catch (FileNotFoundException | NoSuchFileException _) {
      throw new ProblemException(Problem.NOT_FOUND, "unknown file");
    }
  }

  private static Response.ResponseBuilder common(Response.ResponseBuilder answer, String tag) {
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header("Accept-Ranges", "bytes")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }
}
