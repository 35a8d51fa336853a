package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.gateway.upstream.UpstreamGuards;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

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
  Future<AttachmentView> store(
      FileHeaders headers, ReadStream<Buffer> file, AuthenticatedCaller caller) {
    return guards
        .call(
            Upstream.ATTACHMENT,
            CallKind.UPLOAD,
            caller.share(),
            () ->
                requests
                    .post(Upstream.ATTACHMENT, PATH, caller)
                    .compose(request -> stream(headers, file, request))
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
      FileHeaders headers, ReadStream<Buffer> file, HttpClientRequest request) {
    String boundary = "chat-" + UUID.randomUUID();
    request
        .setChunked(true)
        .putHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
        .write(
            Buffer.buffer(
                "--%s\r\n%s\r\n\r\n".formatted(boundary, headers.forwarded()),
                StandardCharsets.ISO_8859_1.name()));
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
  static void discard(ReadStream<Buffer> file) {
    file.handler(_ -> {});
    file.resume();
  }
}
