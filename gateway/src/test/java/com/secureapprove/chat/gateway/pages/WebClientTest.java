package com.secureapprove.chat.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.RealBacking;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class WebClientTest extends GatewayTest {
  /// The sizes that docs/embedding.md promises.
  private static final int BROTLI_BYTES = 50_000;

  private static final int GZIP_BYTES = 60_000;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theWebClientsScriptIsServedToPagesOfAnyOrigin() {
    HttpResponse<String> script = new Browser().get("/tenant_chat.js");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.body()).contains("tenant-chat-panel");
    assertThat(script.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
    assertThat(script.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(script.headers().firstValue("Cross-Origin-Resource-Policy"))
        .contains("cross-origin");
    assertThat(script.headers().firstValue("Cache-Control")).contains("public, max-age=300");
    assertThat(script.headers().firstValue("Vary")).contains("Accept-Encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/t/", "/t/acme/", "/chat", "/developers/", "/session"})
  void theMethodsOfAPageAreNamed(String page) throws Exception {
    for (String method : new String[] {"OPTIONS", "POST"}) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(Client.origin() + page))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(method.equals("OPTIONS") ? 204 : 405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }
  }

  /// A host application imports it into a service worker of its own origin.
  @Test
  void theServiceWorkerIsServedToWorkersOfAnyOrigin() {
    HttpResponse<String> worker = new Browser().get("/tenant_chat_worker.js");
    assertThat(worker.statusCode()).isEqualTo(200);
    assertThat(worker.body()).contains("notificationclick").doesNotContain("import(", "fetch(");
    assertThat(worker.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
    assertThat(worker.headers().firstValue("Cross-Origin-Resource-Policy"))
        .contains("cross-origin");
  }

  @Test
  void theScriptIsCompressedAsTheBrowserAccepts() throws Exception {
    byte[] plain = send("GET", "/tenant_chat.js").body();
    HttpResponse<byte[]> brotli =
        send("GET", "/tenant_chat.js", "Accept-Encoding", "gzip, deflate, br");
    HttpResponse<byte[]> gzip = send("GET", "/tenant_chat.js", "Accept-Encoding", "gzip");
    assertThat(brotli.headers().firstValue("Content-Encoding")).contains("br");
    assertThat(brotli.body()).hasSizeLessThan(BROTLI_BYTES);
    assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(gzip.body()).hasSizeLessThan(GZIP_BYTES);
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertThat(unzipped.readAllBytes()).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/tenant_chat.js", "/pages/pages.css", "/pages/icon.svg", "/openapi.yaml"})
  void aStaticFileIsRevalidatedForEachEncoding(String path) throws Exception {
    for (String encoding : new String[] {"identity", "gzip"}) {
      HttpResponse<byte[]> head = send("HEAD", path, "Accept-Encoding", encoding);
      HttpResponse<byte[]> get = send("GET", path, "Accept-Encoding", encoding);
      String etag = get.headers().firstValue("ETag").orElseThrow();
      assertThat(head.headers().firstValue("ETag")).contains(etag);
      assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(get.body().length);
      HttpResponse<byte[]> known =
          send("GET", path, "Accept-Encoding", encoding, "If-None-Match", etag);
      assertThat(known.statusCode()).isEqualTo(304);
      assertThat(known.headers().firstValue("Transfer-Encoding")).isEmpty();
      assertThat(known.body()).isEmpty();
    }
  }

  @Test
  void browsersGetAnIconAndAPageForUnknownPathsAndOtherClientsAProblem() throws Exception {
    HttpResponse<byte[]> icon = send("GET", "/favicon.ico");
    assertThat(icon.statusCode()).isEqualTo(200);
    assertThat(icon.headers().firstValue("Content-Type")).contains("image/svg+xml");

    HttpResponse<byte[]> page =
        send("GET", "/nothing/here", "Accept", "text/html,*/*;q=0.8", "Accept-Language", "es");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("Esta página no existe");

    HttpResponse<byte[]> problem = send("GET", "/nothing/here", "Accept", "application/json");
    assertThat(problem.statusCode()).isEqualTo(404);
    assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "/, 200, text/html; charset=utf-8",
    "/t, 200, text/html; charset=utf-8",
    "/t/, 200, text/html; charset=utf-8",
    "/t/nothing/, 200, text/html; charset=utf-8",
    "/session, 200, application/json",
    "/t/acme, 302,",
    "/t/acme/, 302,",
    "/chat, 303,",
  })
  void pagesAnswerHeadLikeGet(String path, int status, @Nullable String type) throws Exception {
    HttpResponse<byte[]> get = send("GET", path);
    HttpResponse<byte[]> head = send("HEAD", path);
    assertThat(get.statusCode()).isEqualTo(status);
    assertThat(head.statusCode()).isEqualTo(status);
    assertThat(head.headers().firstValue("Content-Type")).isEqualTo(Optional.ofNullable(type));
    assertThat(head.headers().firstValue("Location").isPresent()).isEqualTo(status > 300);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "br;q=0.1, gzip;q=1 | gzip",
        "gzip;q=0.5, *;q=0.6 | br",
        "*, br;q=0 | gzip",
        "gzip;q=0, br;q=0.001 | br",
        "identity;q=1, gzip;q=0.2 |",
        "gzip;q=0.000, br;q=0. |",
        "zstd, deflate |",
        "br;Q=1.0 | br",
      })
  void theEncodingThatTheClientPrefersIsSent(String accepted, @Nullable String encoding)
      throws Exception {
    HttpResponse<byte[]> response = send("HEAD", "/tenant_chat.js", "Accept-Encoding", accepted);
    assertThat(response.headers().firstValue("Content-Encoding"))
        .isEqualTo(Optional.ofNullable(encoding));
  }

  private HttpResponse<byte[]> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Client.origin() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  @Test
  void aRebuiltScriptReplacesThePackagedOneWhileItExists() throws IOException {
    Path script = RealBacking.WEB_CLIENT.resolve("tenant_chat.js");
    Files.createDirectories(script.getParent());
    try {
      Files.writeString(script, "// rebuilt");
      HttpResponse<String> rebuilt = new Browser().get("/tenant_chat.js");

      assertThat(rebuilt.body()).isEqualTo("// rebuilt");
      assertThat(rebuilt.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(rebuilt.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
      assertThat(rebuilt.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    } finally {
      Files.delete(script);
    }
    assertThat(new Browser().get("/tenant_chat.js").body()).contains("tenant-chat-panel");
  }
}
