package com.secureapprove.chat.systemtests.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What the gateway answered.
///
/// @param asked the method and the path, for messages of failed tests
public record Answer(String asked, int status, HttpHeaders headers, ByteBuffer body) {

  static Answer of(HttpResponse<byte[]> response) {
    return new Answer(
        response.request().method() + " " + response.request().uri(),
        response.statusCode(),
        response.headers(),
        ByteBuffer.wrap(response.body()).asReadOnlyBuffer());
  }

  /// The body as text.
  public String text() {
    return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
  }

  /// The body as JSON.
  public JsonNode json() {
    return Json.read(text());
  }

  /// A header, or an empty text.
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// The path of the next page below `/api/chat/`, or an empty text.
  public String next() {
    String link = header("Link");
    String api = "/api/chat/";
    return link.contains("rel=\"next\"")
        ? link.substring(link.indexOf(api) + api.length(), link.indexOf('>'))
        : "";
  }

  /// Fails the test unless this is the status; answers the body.
  public JsonNode expect(int expected) {
    assertThat(status).as("%s answered %s", asked, text()).isEqualTo(expected);
    return body.remaining() == 0 ? Json.read("null") : json();
  }

  /// Fails the test unless this is the status, and the body these characters and nothing else.
  public void expectBytes(int expected, String body) {
    assertThat(status).as("%s answered %s", asked, text()).isEqualTo(expected);
    assertThat(text()).as(asked).isEqualTo(body);
  }

  /// Fails unless this is a problem answer of the status, in the form of the contract and without
  /// internal details. Returns the body.
  public JsonNode expectProblem(int expected) {
    JsonNode problem = expect(expected);
    assertThat(header("Content-Type")).as(asked).startsWith("application/problem+json");
    assertThat(problem.path("status").asInt()).as(asked).isEqualTo(expected);
    assertThat(problem.path("type").asText()).as(asked).isNotEmpty();
    assertThat(problem.path("title").asText()).as(asked).isNotEmpty();
    assertThat(problem.path("detail").asText()).as(asked).isNotEmpty();
    assertThat(problem.path("error")).as(asked).isEqualTo(problem.path("detail"));
    assertThat(problem.path("instance").asText()).as(asked).isNotEmpty();
    assertThat(problem.path("trace_id").asText()).as(asked).isNotEmpty();
    assertThat(text())
        .as(asked)
        .doesNotContain("Exception", "\tat ", "com.secureapprove", "io.quarkus", "org.hibernate")
        .doesNotContain("select ", "insert into", "SQL");
    return problem;
  }

  /// The same for a field that is not as it should be.
  public JsonNode expectViolation(String field) {
    JsonNode problem = expectProblem(400);
    assertThat(Json.texts(problem.path("violations"), "field")).as(text()).contains(field);
    return problem;
  }
}
