package com.secureapprove.chat.gateway.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.contracts.MessageLimits;
import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RequestPath;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.TokenRefusals;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.gateway.upstream.UpstreamGuards;
import com.secureapprove.chat.platform.multipart.HeaderParameters;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Sends messages whose request is a multipart form with files, the format of the original client.
///
/// Each file is streamed to attachment-service as it arrives and counts as an upload. Then the
/// message is sent to message-service as JSON. If a file is refused, so is the message;
/// attachment-service later deletes the files that were stored before.
@Singleton
class MultipartMessages {
  /// The request body that message-service expects.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SendRequest(
      @Nullable String content, List<UUID> attachmentIds, @Nullable String clientMessageId) {}

  private final PersonRequests requests;
  private final FileUploads fileUploads;
  private final UpstreamGuards guards;
  private final TokenRefusals refusals;
  private final BodyLimits bodyLimits;
  private final Problems problems;
  private final RateLimits limits;
  private final ObjectMapper json;

  MultipartMessages(
      PersonRequests requests,
      FileUploads fileUploads,
      UpstreamGuards guards,
      TokenRefusals refusals,
      BodyLimits bodyLimits,
      Problems problems,
      RateLimits limits,
      ObjectMapper json) {
    this.requests = requests;
    this.fileUploads = fileUploads;
    this.guards = guards;
    this.refusals = refusals;
    this.bodyLimits = bodyLimits;
    this.problems = problems;
    this.limits = limits;
    this.json = json;
  }

  /// Whether the request is a multipart form.
  static boolean isMultipart(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return request.method() == HttpMethod.POST
        && type != null
        && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
  }

  /// Reads the form and answers the request.
  ///
  /// @param onStatus receives the status of the response
  void send(
      RoutingContext request,
      Destination.Service service,
      AuthenticatedCaller caller,
      IntConsumer onStatus) {
    request.addEndHandler(_ -> onStatus.accept(request.response().getStatusCode()));
    new MultipartForm(request, bodyLimits.bytes(service.body()), caller).read();
  }

  /// The boundary of the parts; empty if the header has none.
  private static String boundaryOf(HttpServerRequest form) {
    String type = form.getHeader("Content-Type");
    String boundary = type == null ? null : HeaderParameters.of(type).get("boundary");
    return boundary == null ? "" : boundary;
  }

  private final class MultipartForm implements MultipartReader.Parts {
    private final RoutingContext request;
    private final HttpServerRequest form;
    private final long maxBytes;
    private final AuthenticatedCaller caller;
    private final List<Future<AttachmentView>> files = new ArrayList<>();
    private final List<RateLimits.Taken> uploads = new ArrayList<>();
    private final Map<String, String> fields = new HashMap<>();
    private final String boundary;
    private final MultipartReader reader;
    private boolean answered;

    MultipartForm(RoutingContext request, long maxBytes, AuthenticatedCaller caller) {
      this.request = request;
      this.form = request.request();
      this.maxBytes = maxBytes;
      this.caller = caller;
      this.boundary = boundaryOf(form);
      this.reader = new MultipartReader(form, boundary, this);
    }

    void read() {
      request.addEndHandler(_ -> settle(request.response().getStatusCode()));
      if (boundary.isEmpty() || form.isEnded()) {
        malformed();
        return;
      }
      form.handler(bytes -> {
        if (form.bytesRead() > maxBytes) {
          refuse(new ProblemException(Problem.TOO_LARGE, "The request is too large"));
        }
        reader.read(bytes);
      });
      form.exceptionHandler(_ -> malformed());
      form.endHandler(_ -> reader.end());
      form.resume();
    }

    @Override
    public void field(String name, String value) {
      fields.putIfAbsent(name, value);
    }

    @Override
    public void end() {
      Future.join(files).onComplete(_ -> sendMessage());
    }

    @Override
    public void malformed() {
      refuse(new ProblemException(Problem.INVALID, "The form is malformed"));
    }

    @Override
    public void file(FileHeaders headers, ReadStream<Buffer> bytes) {
      if (headers.isWithoutName()) {
        FileUploads.discard(bytes); // browsers send such a part for a file input without a file
        return;
      }
      if (files.size() == MessageLimits.ATTACHMENTS) {
        refuse(
            ProblemException.invalid(
                "attachments", "must be at most " + MessageLimits.ATTACHMENTS));
      }
      if (answered) {
        FileUploads.discard(bytes);
        return;
      }
      files.add(
          limits
              .take(Limit.UPLOADS, caller.share())
              .onSuccess(uploads::add)
              .compose(_ -> fileUploads.store(headers, bytes, caller))
              .onFailure(_ -> FileUploads.discard(bytes)));
    }

    private void sendMessage() {
      if (answered) {
        return;
      }
      for (Future<AttachmentView> file : files) {
        if (file.failed()) {
          refuse(file.cause());
          return;
        }
      }
      guards
          .call(
              Upstream.MESSAGE,
              CallKind.SEND,
              caller.share(),
              () ->
                  requests
                      .post(Upstream.MESSAGE, RequestPath.of(request), caller)
                      .compose(outgoing -> withHeaders(outgoing).send(message()))
                      .compose(answer -> answer.body().map(body -> new Answer(answer, body))))
          .onSuccess(answer -> respond(answer.head(), answer.body()))
          .onFailure(failure -> refuse(UpstreamCalls.problem(Upstream.MESSAGE, failure)));
    }

    private HttpClientRequest withHeaders(HttpClientRequest outgoing) {
      outgoing.putHeader("Content-Type", "application/json");
      for (String header : List.of("Idempotency-Key", "X-Chat-Session")) {
        String value = form.getHeader(header);
        if (value != null) {
          outgoing.putHeader(header, value);
        }
      }
      return outgoing;
    }

    private void settle(int status) {
      uploads.forEach(upload -> limits.settle(upload, status));
    }

    private Buffer message() {
      SendRequest message =
          new SendRequest(
              fields.get("content"),
              files.stream().map(file -> file.result().id()).toList(),
              fields.get("client_message_id"));
      try {
        return Buffer.buffer(json.writeValueAsBytes(message));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The message cannot be encoded", e);
      }
    }

    private record Answer(HttpClientResponse head, Buffer body) {}

    private void respond(HttpClientResponse answer, Buffer body) {
      if (refusals.isTokenRefused(Upstream.MESSAGE, answer)) {
        refuse(UpstreamCalls.unavailable(Upstream.MESSAGE));
        return;
      }
      answered = true;
      request.response().setStatusCode(answer.statusCode()).putHeader("Cache-Control", "no-store");
      for (String header : List.of("Content-Type", "Retry-After")) {
        String value = answer.getHeader(header);
        if (value != null) {
          request.response().putHeader(header, value);
        }
      }
      request.response().end(body);
    }

    private void refuse(Throwable failure) {
      if (!answered) {
        answered = true;
        reader.abort();
        problems.answer(request, failure);
      }
    }
  }
}
