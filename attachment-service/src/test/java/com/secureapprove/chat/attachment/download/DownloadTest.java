package com.secureapprove.chat.attachment.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import com.secureapprove.chat.attachment.StubServices;
import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class DownloadTest {

  @Test
  void onlyTheUploaderMayReadAnUnclaimedFile() {
    String id = Calls.uploaded("ann.acme", "a.txt", Samples.text("hello"));

    download("ann.acme", id).statusCode(200).body(equalTo("hello"));
    download("ben.acme", id).statusCode(404).contentType("application/problem+json");
    download("ann.globex", id).statusCode(404);
    download("ann.acme", UUID.randomUUID().toString()).statusCode(404);
    download("ann.acme", "nonsense").statusCode(400);
  }

  @Test
  void currentParticipantsMayReadAClaimedFile() {
    String id = Calls.uploaded("ann.acme", "a.txt", Samples.text("hello"));
    String conversation = UUID.randomUUID().toString();
    Calls.claim("ann.acme", conversation, "key-" + id, id).statusCode(200);
    StubServices.joins(conversation, "ann.acme");
    StubServices.joins(conversation, "ben.acme");

    download("ben.acme", id).statusCode(200);
    download("mallory.acme", id).statusCode(404);
    StubServices.leaves(conversation, "ben.acme");
    StubServices.leaves(conversation, "ann.acme");
    download("ben.acme", id).statusCode(404);
    download("ann.acme", id).statusCode(404);
  }

  @Test
  void downloadsAreUnavailableWhileConversationServiceIsDown() {
    String id = Calls.uploaded("ann.acme", "a.txt", Samples.text("hello"));
    Calls.claim("ann.acme", UUID.randomUUID().toString(), "key-" + id, id).statusCode(200);
    StubServices.conversationsDown(true);
    try {
      download("ann.acme", id).statusCode(503).header("Retry-After", equalTo("2"));
    } finally {
      StubServices.conversationsDown(false);
    }
  }

  @Test
  void headersForbidRenderingAndScripts() throws Exception {
    String id = uploadedAsBrowsersDo("über; 1.txt", "hello");

    download("ann.acme", id)
        .header("Content-Type", equalTo("text/plain"))
        .header(
            "Content-Disposition",
            equalTo("attachment; filename=\"_ber_ 1.txt\"; filename*=UTF-8''%C3%BCber%3B%201.txt"))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Content-Security-Policy", equalTo("default-src 'none'; sandbox"))
        .header("Cache-Control", equalTo("private, no-cache"))
        .header("Accept-Ranges", equalTo("bytes"))
        .header("Content-Length", equalTo("5"));
  }

  /// Uses the JDK client, because file names are sent as plain UTF-8, which the other test client
  /// does not support.
  private static String uploadedAsBrowsersDo(String name, String text) throws Exception {
    String body =
        """
        --edge\r
        Content-Disposition: form-data; name="file"; filename="%s"\r
        Content-Type: text/plain\r
        \r
        %s\r
        --edge--\r
        """
            .formatted(name, text);
    String token =
        BackingServices.shared()
            .userToken("gateway", "attachment", "acme", TokenUser.of("ann.acme", "Ann", "a@x"));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + RestAssured.port + Calls.ATTACHMENTS))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "multipart/form-data; boundary=edge")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return JsonPath.from(answer).getString("id");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=4-, 206, 456789, bytes 4-9/10",
    "bytes=-3, 206, 789, bytes 7-9/10",
    "bytes=8-99, 206, 89, bytes 8-9/10",
    "bytes=10-, 416, '', bytes */10",
    "bytes=-0, 416, '', bytes */10",
    "'bytes=0-1,4-5', 200, 0123456789,",
    "bytes=5-2, 200, 0123456789,",
    "lines=1-2, 200, 0123456789,"
  })
  void rangesAreServed(String range, int status, String body, String contentRange) {
    String id = Calls.uploaded("ann.acme", "a.txt", Samples.text("0123456789"));

    Calls.of("ann.acme")
        .header("Range", range)
        .get(Calls.ATTACHMENTS + id + "/download/")
        .then()
        .statusCode(status)
        .header("Content-Range", equalTo(contentRange))
        .body(equalTo(body));
  }

  @Test
  void headHasTheHeadersOfTheFile() {
    String id = Calls.uploaded("ann.acme", "a.txt", Samples.text("hello"));

    Calls.of("ann.acme")
        .head(Calls.ATTACHMENTS + id + "/download")
        .then()
        .statusCode(200)
        .header("Content-Type", equalTo("text/plain"))
        .header("Content-Length", equalTo("5"));
    download("ann.acme", id).statusCode(200).body(equalTo("hello"));
  }

  @Test
  void aMatchingEtagIsNotModified() {
    String id = Calls.uploaded("ann.acme", "a.txt", Samples.text("hello"));
    String tag = download("ann.acme", id).extract().header("ETag");
    String path = Calls.ATTACHMENTS + id + "/download";

    for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      Calls.of("ann.acme").header("If-None-Match", known).get(path).then().statusCode(304);
    }
    Calls.of("ann.acme").header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
    Calls.of("ben.acme").header("If-None-Match", tag).get(path).then().statusCode(404);
    Calls.of("ann.acme")
        .header("Range", "bytes=0-1")
        .header("If-Range", "\"other\"")
        .get(path)
        .then()
        .statusCode(200);
  }

  @Test
  void imagesHaveAThumbnail() throws IOException {
    String id = Calls.uploaded("ann.acme", "a.png", Samples.image("png", 1000, 500));

    byte[] small =
        Calls.of("ann.acme")
            .get(Calls.ATTACHMENTS + id + "/thumbnail/")
            .then()
            .statusCode(200)
            .header("Content-Type", equalTo("image/jpeg"))
            .header("X-Content-Type-Options", equalTo("nosniff"))
            .extract()
            .asByteArray();

    var image = ImageIO.read(new ByteArrayInputStream(small));
    assertThat(image.getWidth()).isEqualTo(640);
    assertThat(image.getHeight()).isEqualTo(320);
    Calls.of("ben.acme").get(Calls.ATTACHMENTS + id + "/thumbnail/").then().statusCode(404);
    String text = Calls.uploaded("ann.acme", "a.txt", Samples.text("hello"));
    Calls.of("ann.acme").get(Calls.ATTACHMENTS + text + "/thumbnail/").then().statusCode(404);
  }

  @Test
  void webpImagesHaveAThumbnail() throws IOException {
    String id = Calls.uploaded("ann.acme", "a.webp", Samples.webp());

    assertThat(thumbnail(id).getWidth()).isBetween(1, 640);
  }

  private static BufferedImage thumbnail(String id) throws IOException {
    byte[] bytes =
        Calls.of("ann.acme")
            .get(Calls.ATTACHMENTS + id + "/thumbnail/")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  private static ValidatableResponse download(String user, String id) {
    return Calls.of(user).get(Calls.ATTACHMENTS + id + "/download/").then();
  }
}
