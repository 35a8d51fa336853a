package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stub of the services answers with the path and query, so the query decides the size.
@QuarkusTest
class CompressionTest extends GatewayTest {
  private static final String PEOPLE = "/api/chat/conversations/presence/?x=";
  private static final String LARGE = PEOPLE + "people".repeat(400);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void largeJsonIsCompressedForAClientThatAcceptsIt() throws Exception {
    HttpResponse<byte[]> plain = get(LARGE);
    HttpResponse<byte[]> compressed = get(LARGE, "Accept-Encoding", "br, gzip;q=0.8");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(compressed.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(compressed.body()).hasSizeLessThan(plain.body().length / 10);
    assertThat(unzipped(compressed.body())).isEqualTo(plain.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "gzip;q=0.0, br", "*;q=0", "br"})
  void aClientThatDoesNotAcceptGzipGetsThePlainResponse(String accepted) throws Exception {
    assertThat(encoding(get(LARGE, "Accept-Encoding", accepted))).isEmpty();
  }

  @Test
  void smallResponsesAndThoseWithATokenAreNotCompressed() throws Exception {
    assertThat(encoding(get(PEOPLE + "y", "Accept-Encoding", "gzip"))).isEmpty();
    assertThat(encoding(get("/api/chat/me/", "Accept-Encoding", "gzip"))).isEmpty();
  }

  @Test
  void theLengthOfEqualResponsesVaries() throws Exception {
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      lengths.add(get(LARGE, "Accept-Encoding", "gzip").body().length);
    }
    assertThat(lengths).hasSizeGreaterThan(5);
  }

  @Test
  void aRequestThatAnotherSiteCausedWithTheCookieIsNotCompressed() {
    Browser browser = Browser.signedIn("acme", "alice");
    for (String site : new String[] {"same-origin", "none"}) {
      assertThat(
              browser
                  .get(LARGE, "Accept-Encoding", "gzip", "Sec-Fetch-Site", site)
                  .headers()
                  .firstValue("Content-Encoding"))
          .contains("gzip");
    }
    for (String site : new String[] {"cross-site", "same-site"}) {
      assertThat(
              browser
                  .get(LARGE, "Accept-Encoding", "gzip", "Sec-Fetch-Site", site)
                  .headers()
                  .firstValue("Content-Encoding"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"known\"", "W/\"known\""})
  void notModifiedHasNoBodyAndAnnouncesNone(String etag) throws Exception {
    HttpResponse<byte[]> response = get(LARGE, "Accept-Encoding", "gzip", "If-None-Match", etag);
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).isEmpty();
    assertThat(response.headers().firstValue("ETag")).contains("\"known\"");
    assertThat(response.headers().firstValue("Cache-Control")).isPresent();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Client.origin() + path))
            .header("Authorization", "Bearer " + Client.token("acme", "alice"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String encoding(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Encoding").orElse("");
  }

  private static byte[] unzipped(byte[] body) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return gzip.readAllBytes();
    }
  }
}
