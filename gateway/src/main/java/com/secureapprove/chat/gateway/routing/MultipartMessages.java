package com.secureapprove.chat.gateway.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.gateway.authentication.Caller;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamAddresses;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.gateway.upstream.UpstreamGuards;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A message that comes as a form together with its files, as the original client sends it: each
/// file is streamed to attachment-service as it arrives, then the message is sent as JSON. A
/// refused file refuses the message, and each counts as an upload; what was stored before it
/// belongs to nothing and is cleaned up there.
@Singleton
class MultipartMessages {
  private static final int MOST_FILES = 10;
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /// What message-service takes.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Message(
      @Nullable String content, List<UUID> attachmentIds, @Nullable String clientMessageId) {}

  private final HttpClient client;
  private final UpstreamAddresses addresses;
  private final UpstreamGuards guards;
  private final UpstreamCalls calls;
  private final InternalTokens tokens;
  private final Problems problems;
  private final RateLimits limits;
  private final ObjectMapper json;

  MultipartMessages(
      Vertx vertx,
      UpstreamAddresses addresses,
      UpstreamGuards guards,
      UpstreamCalls calls,
      InternalTokens tokens,
      Problems problems,
      RateLimits limits,
      ObjectMapper json) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout(20),
            new PoolOptions().setHttp1MaxSize(CallKind.FORWARDED.atATime()));
    this.addresses = addresses;
    this.guards = guards;
    this.calls = calls;
    this.tokens = tokens;
    this.problems = problems;
    this.limits = limits;
    this.json = json;
  }

  @PreDestroy
  void close() {
    client.close();
  }

  static boolean isForm(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return request.method() == HttpMethod.POST && type != null && type.startsWith("multipart/");
  }

  /// Reads the form and answers the request.
  ///
  /// @param onStatus gets the status of the answer
  void pass(
      RoutingContext request, Destination.Service service, Caller caller, IntConsumer onStatus) {
    request.addEndHandler(_ -> onStatus.accept(request.response().getStatusCode()));
    new OneForm(request, service.size().bytes(), caller).read();
  }

  private final class OneForm {
    private final RoutingContext request;
    private final HttpServerRequest form;
    private final long mostBytes;
    private final Caller caller;
    private final List<Future<AttachmentView>> files = new ArrayList<>();
    private final List<RateLimits.Taken> uploads = new ArrayList<>();
    private boolean answered;

    OneForm(RoutingContext request, long mostBytes, Caller caller) {
      this.request = request;
      this.form = request.request();
      this.mostBytes = mostBytes;
      this.caller = caller;
    }

    void read() {
      request.addEndHandler(_ -> giveBackUnlessCounted(request.response().getStatusCode()));
      try {
        form.setExpectMultipart(true);
      } catch (RuntimeException e) { // the decoder stumbles over boundaries that are none
        refuse(new ProblemException(Problem.INVALID, "The form is malformed"));
        return;
      }
      form.uploadHandler(this::file);
      form.handler(_ -> {
        if (form.bytesRead() > mostBytes) {
          refuse(new ProblemException(Problem.TOO_LARGE, "The request is too large"));
        }
      });
      form.exceptionHandler(
          _ -> refuse(new ProblemException(Problem.INVALID, "The form is malformed")));
      form.endHandler(_ -> Future.join(files).onComplete(_ -> send()));
      form.resume();
    }

    private void file(HttpServerFileUpload upload) {
      if (files.size() == MOST_FILES) {
        refuse(ProblemException.invalid("attachments", "must be at most " + MOST_FILES));
      }
      if (answered) {
        upload.handler(_ -> {});
        return;
      }
      upload.pause();
      Future<AttachmentView> stored =
          limits
              .take(Limit.UPLOADS, caller.tenant(), caller.person().userId())
              .onSuccess(uploads::add)
              .compose(_ ->
                  guards.call(
                      Upstream.ATTACHMENT,
                      CallKind.UPLOAD,
                      () ->
                          client
                              .request(to(Upstream.ATTACHMENT, "/api/chat/attachments"))
                              .compose(outgoing -> stream(upload, outgoing))
                              .compose(answer ->
                                  answer
                                      .body()
                                      .map(body ->
                                          calls.read(
                                              Upstream.ATTACHMENT,
                                              answer,
                                              body,
                                              AttachmentView.class)))))
              .onFailure(_ -> drain(upload))
              .recover(failure ->
                  Future.failedFuture(UpstreamCalls.problem(Upstream.ATTACHMENT, failure)));
      files.add(stored);
    }

    private Future<HttpClientResponse> stream(
        HttpServerFileUpload upload, HttpClientRequest outgoing) {
      String boundary = "chat-" + UUID.randomUUID();
      outgoing
          .setChunked(true)
          .putHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
          .write(
              """
              --%s\r
              Content-Disposition: form-data; name="file"; filename="%s"\r
              Content-Type: %s\r
              \r
              """
                  .formatted(boundary, quoted(upload.filename()), oneLine(upload.contentType())));
      upload
          .pipe()
          .endOnComplete(false)
          .to(outgoing)
          .onSuccess(_ -> outgoing.end("\r\n--" + boundary + "--\r\n"))
          .onFailure(_ -> {
            outgoing.reset();
            drain(upload);
          });
      return outgoing.response();
    }

    private void send() {
      if (answered) {
        return;
      }
      for (Future<AttachmentView> file : files) {
        if (file.failed()) {
          refuse(file.cause());
          return;
        }
      }
      String path = ApiRoutes.withoutTrailingSlash(request.normalizedPath());
      RequestOptions options =
          to(Upstream.MESSAGE, path).putHeader("Content-Type", "application/json");
      for (String header : List.of("Idempotency-Key", "X-Chat-Session")) {
        String value = form.getHeader(header);
        if (value != null) {
          options.putHeader(header, value);
        }
      }
      guards
          .call(
              Upstream.MESSAGE,
              CallKind.FORWARDED,
              () ->
                  client
                      .request(options)
                      .compose(outgoing -> outgoing.send(message()))
                      .compose(answer -> answer.body().map(body -> new Answer(answer, body))))
          .onSuccess(answer -> relay(answer.head(), answer.body()))
          .onFailure(failure -> refuse(UpstreamCalls.problem(Upstream.MESSAGE, failure)));
    }

    private void giveBackUnlessCounted(int status) {
      if (!Limit.UPLOADS.counts(status)) {
        uploads.forEach(limits::giveBack);
      }
    }

    private Buffer message() {
      Message message =
          new Message(
              form.getFormAttribute("content"),
              files.stream().map(file -> file.result().id()).toList(),
              form.getFormAttribute("client_message_id"));
      try {
        return Buffer.buffer(json.writeValueAsBytes(message));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A message cannot be encoded", e);
      }
    }

    private record Answer(HttpClientResponse head, Buffer body) {}

    private void relay(HttpClientResponse answer, Buffer body) {
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

    private RequestOptions to(Upstream part, String path) {
      return addresses
          .of(part)
          .setMethod(HttpMethod.POST)
          .setURI(path)
          .setIdleTimeout(SILENCE.toMillis())
          .putHeader("Accept", "application/json")
          .putHeader(
              "Authorization",
              "Bearer " + tokens.forUser(part.toString(), caller.tenant(), caller.person()));
    }

    private void refuse(Throwable failure) {
      if (!answered) {
        answered = true;
        problems.answer(request, failure);
      }
    }
  }

  /// What nobody wants must still be read, or the form would never end.
  private static void drain(HttpServerFileUpload upload) {
    upload.handler(_ -> {});
    upload.resume();
  }

  /// A file's name as browsers write it into a form.
  private static String quoted(@Nullable String name) {
    return name == null ? "" : name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String oneLine(@Nullable String contentType) {
    return contentType == null
        ? "application/octet-stream"
        : contentType.replaceAll("[\\r\\n]", "");
  }
}
