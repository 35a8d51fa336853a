package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.gateway.upstream.UpstreamGuards;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerFileUpload;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Streams the files of a multipart form to attachment-service.
@Singleton
class FileUploads {
  private static final String PATH = "/api/chat/attachments";

  private final PersonRequests requests;
  private final UpstreamGuards guards;
  private final UpstreamCalls calls;

  FileUploads(PersonRequests requests, UpstreamGuards guards, UpstreamCalls calls) {
    this.requests = requests;
    this.guards = guards;
    this.calls = calls;
  }

  /// Stores a file, which must be paused. Fails with a [ProblemException] if attachment-service
  /// refuses it or does not respond.
  Future<AttachmentView> store(HttpServerFileUpload file, AuthenticatedCaller caller) {
    return guards
        .call(
            Upstream.ATTACHMENT,
            CallKind.UPLOAD,
            caller.share(),
            () ->
                requests
                    .post(Upstream.ATTACHMENT, PATH, caller)
                    .compose(request -> stream(file, request))
                    .compose(response ->
                        response
                            .body()
                            .map(body ->
                                calls.read(
                                    Upstream.ATTACHMENT, response, body, AttachmentView.class))))
        .recover(
            failure -> Future.failedFuture(UpstreamCalls.problem(Upstream.ATTACHMENT, failure)));
  }

  private static Future<HttpClientResponse> stream(
      HttpServerFileUpload file, HttpClientRequest request) {
    String boundary = "chat-" + UUID.randomUUID();
    request
        .setChunked(true)
        .putHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
        .write(
            """
            --%s\r
            Content-Disposition: form-data; name="file"; filename="%s"\r
            Content-Type: %s\r
            \r
            """
                .formatted(boundary, quoted(file.filename()), oneLine(file.contentType())));
    file.pipe()
        .endOnComplete(false)
        .to(request)
        .onSuccess(_ -> request.end("\r\n--" + boundary + "--\r\n"))
        .onFailure(_ -> {
          request.reset();
          discard(file);
        });
    return request.response();
  }

  /// Discards a file. The form parser does not continue until the file is read.
  static void discard(HttpServerFileUpload file) {
    file.handler(_ -> {});
    file.resume();
  }

  /// A file name escaped for `Content-Disposition`, as browsers do it.
  private static String quoted(@Nullable String name) {
    return name == null ? "" : name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String oneLine(@Nullable String contentType) {
    return contentType == null
        ? "application/octet-stream"
        : contentType.replaceAll("[\\r\\n]", "");
  }
}
