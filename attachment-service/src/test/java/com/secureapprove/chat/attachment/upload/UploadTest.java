package com.secureapprove.chat.attachment.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class UploadTest {

  static Stream<Arguments> allowed() {
    String sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return Stream.of(
        Arguments.of("a.jpg", "image/jpeg", "image/jpeg", Samples.image("jpg", 4, 4)),
        Arguments.of("a.png", "image/png", "image/png", Samples.image("png", 4, 4)),
        Arguments.of("a.jpg", "image/jpeg", "image/png", Samples.image("png", 4, 4)),
        Arguments.of("a.gif", "image/gif", "image/gif", Samples.image("gif", 4, 4)),
        Arguments.of("a.webp", "image/webp", "image/webp", Samples.webp()),
        Arguments.of("a.pdf", "application/pdf", "application/pdf", Samples.pdf()),
        Arguments.of("a.txt", "text/plain", "text/plain", Samples.text("héllo")),
        Arguments.of("a.csv", "text/csv", "text/csv", Samples.text("a,b\n1,2\n")),
        Arguments.of("a.txt", "text/plain", "text/plain", Samples.text("From: ann\nTo: bob\n")),
        Arguments.of("a.txt", "text/plain", "text/plain", Samples.text("Article 1\n")),
        Arguments.of("a.png", "image/png", "text/plain", Samples.text("no picture")),
        Arguments.of("a.pdf", "application/pdf", "image/png", Samples.image("png", 2, 2)),
        Arguments.of("noend", "application/octet-stream", "text/plain", Samples.text("x")),
        Arguments.of("a.doc", "application/msword", "application/msword", doc("WordDocument")),
        Arguments.of(
            "a.xls", "application/vnd.ms-excel", "application/vnd.ms-excel", doc("Workbook")),
        Arguments.of(
            "a.xlsx", sheet, sheet, Samples.zip("[Content_Types].xml", "xl/workbook.xml")));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void allowedFilesGetTheirDetectedType(String name, String said, String is, byte[] bytes) {
    Calls.upload("ann.acme", name, said, bytes)
        .statusCode(201)
        .body("id", matchesPattern("[0-9a-f-]{14}7[0-9a-f-]{21}"))
        .body("filename", equalTo(name))
        .body("content_type", equalTo(is))
        .body("size", equalTo(bytes.length))
        .body("download_url", matchesPattern("/api/chat/attachments/[0-9a-f-]+/download/"))
        .body("file", matchesPattern("/api/chat/attachments/[0-9a-f-]+/download/"))
        .body("thumbnail_url", is.startsWith("image/") ? not(nullValue()) : nullValue())
        .body("uploaded_at", matchesPattern(".*\\.\\d{3}Z"));
  }

  static Stream<Arguments> refused() {
    byte[] html = Samples.text("<!DOCTYPE html><html><script>alert(1)</script></html>");
    byte[] svg = Samples.text("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>");
    return Stream.of(
        Arguments.of("a.png", "image/png", html),
        Arguments.of("a.html", "text/html", html),
        Arguments.of("a.txt", "text/plain", html),
        Arguments.of("a.txt", "text/plain", Samples.text("#!/bin/sh\nrm -r /\n")),
        Arguments.of("a.eml", "message/rfc822", Samples.text("From: ann\nTo: bob\n")),
        Arguments.of("a.svg", "image/svg+xml", svg),
        Arguments.of("a.png", "image/png", svg),
        Arguments.of("a.html", "text/plain", Samples.text("sanitized")),
        Arguments.of("a.exe", "application/octet-stream", Samples.text("MZ\u0000\u0000\u0001")),
        Arguments.of("a.png.exe", "image/png", Samples.image("png", 2, 2)),
        Arguments.of("a.zip", "application/zip", Samples.zip("a.txt")),
        Arguments.of("a.docx", "", Samples.zip("a.txt")),
        Arguments.of(
            "a.docx",
            "",
            Samples.zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        Arguments.of("a.doc", "application/msword", doc("Something")),
        Arguments.of("a.txt", "text/plain", Samples.text("a\u0000b")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void forbiddenTypesAreRejected(String name, String said, byte[] bytes) {
    Calls.upload("ann.acme", name, said.isEmpty() ? "application/octet-stream" : said, bytes)
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @Test
  void tenMebibytesIsTheMaximum() {
    byte[] most = new byte[10 * 1024 * 1024];
    Arrays.fill(most, (byte) 'x');
    Calls.upload("ann.acme", "a.txt", "text/plain", most).statusCode(201);

    byte[] more = Arrays.copyOf(most, most.length + 1);
    more[most.length] = 'x';
    Calls.upload("ann.acme", "a.txt", "text/plain", more)
        .statusCode(413)
        .contentType("application/problem+json");
    Calls.upload("ann.acme", "a.txt", "text/plain", Arrays.copyOf(more, 14 * 1024 * 1024))
        .statusCode(413)
        .contentType("application/problem+json");
  }

  @Test
  void aRejectedUploadLeavesNoBytes() throws IOException {
    Set<Path> before = kept();
    byte[] large = new byte[11 * 1024 * 1024];
    Arrays.fill(large, (byte) 'x');
    Calls.upload("ann.acme", "a.txt", "text/plain", large).statusCode(413);
    byte[] binary = Arrays.copyOf(large, 1024 * 1024);
    binary[binary.length - 1] = 0;
    Calls.upload("ann.acme", "a.txt", "text/plain", binary).statusCode(415);
    Calls.upload("ann.acme", "a.html", "text/html", large).statusCode(415);
    Calls.upload("ann.acme", "a.docx", "application/zip", Samples.zip("a.txt")).statusCode(415);
    Calls.upload("ann.acme", "a.txt", "text/plain", new byte[0]).statusCode(400);
    assertThat(kept()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nnever ends",
        "no boundary at all",
      })
  void malformedFormsAreRejected(String body) {
    for (String type : List.of("multipart/form-data; boundary=b", "multipart/form-data")) {
      Calls.of("ann.acme")
          .header("Content-Type", type)
          .body(body.getBytes(StandardCharsets.UTF_8))
          .post(Calls.ATTACHMENTS)
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
  }

  private static Set<Path> kept() throws IOException {
    Path root =
        Path.of(ConfigProvider.getConfig().getValue("chat.attachment.directory", String.class));
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }

  @Test
  void anImageWithTooManyPixelsIsNotDecoded() {
    Calls.upload("ann.acme", "bomb.png", "image/png", Samples.hollowPng(50_000, 50_000))
        .statusCode(201)
        .body("thumbnail_url", nullValue());
    Calls.upload("ann.acme", "bomb.webp", "image/webp", Samples.hollowWebp(16_000, 16_000))
        .statusCode(201)
        .body("content_type", equalTo("image/webp"))
        .body("thumbnail_url", nullValue());
  }

  @Test
  void aDangerousNameIsSanitized() {
    Calls.upload("ann.acme", "..\\..\\etc\\passwd.txt", "text/plain", Samples.text("x"))
        .statusCode(201)
        .body("filename", equalTo("passwd.txt"));
  }

  @Test
  void aFormWithoutFileIsRejected() {
    Calls.of("ann.acme")
        .multiPart("other", "x")
        .post(Calls.ATTACHMENTS)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    Calls.upload("ann.acme", "a.txt", "text/plain", new byte[0]).statusCode(400);
    Calls.of("ann.acme")
        .contentType("application/json")
        .body("{}")
        .post(Calls.ATTACHMENTS)
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    RestAssured.given()
        .multiPart("file", "a.txt", new byte[1])
        .post(Calls.ATTACHMENTS)
        .then()
        .statusCode(401);
    Calls.by("gateway", "acme")
        .multiPart("file", "a.txt", new byte[1])
        .post(Calls.ATTACHMENTS)
        .then()
        .statusCode(403);
  }

  private static byte[] doc(String stream) {
    return Samples.compound(stream);
  }
}
