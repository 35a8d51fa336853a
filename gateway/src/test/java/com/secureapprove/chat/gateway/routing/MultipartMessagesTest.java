package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(MultipartMessagesTest.WithAttachments.class)
class MultipartMessagesTest extends GatewayTest {

  public static final class WithAttachments implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("chat.attachment.url", "http://127.0.0.1:${test.services.port}");
    }
  }

  private static final String MESSAGES =
      "/api/chat/conversations/0190a000-0000-7000-8000-0000000000aa/messages";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filename=\"Doe, John; a=b: it's.pdf\"",
        "filename=\"a%22b.pdf\"",
        "filename=\"a\\\"b;c.pdf\"",
        "filename=\"می\u200cخواهم.pdf\"",
        "filename=\"x.pdf\"; filename*=UTF-8''na%C3%AFve.pdf",
        "filename*0=\"a\"; filename*1=\"b.pdf\"",
        "filename=plain.pdf",
      })
  void fileNamesArePassedOnUnchanged(String parameter) {
    send("Content-Disposition: form-data; name=\"attachments\"; " + parameter).statusCode(200);

    assertThat(uploaded())
        .contains(
            "Content-Disposition: form-data; name=\"file\"; " + parameter + "\r\n\r\nbytes\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/csv; charset=no-such-charset",
        "text/csv; charset",
        "text/csv;;;",
        "not a type",
        "multipart/mixed; boundary=x",
      })
  void declaredTypesArePassedOnUnchanged(String type) {
    send("Content-Disposition: form-data; name=\"attachments\"; filename=\"a.csv\"\r\nContent-Type: "
            + type
            + "\r\nContent-Transfer-Encoding: quoted-printable")
        .statusCode(200);

    assertThat(uploaded())
        .contains("filename=\"a.csv\"\r\nContent-Type: " + type + "\r\n\r\nbytes");
  }

  @Test
  void controlCharactersInNamesAreRemoved() {
    send("Content-Disposition:\tform-data; name=\"attachments\"; filename=\"a\u0001b\t\u001fc\u007f.pdf\"")
        .statusCode(200);

    assertThat(uploaded()).contains("filename=\"abc.pdf\"");
  }

  @Test
  void aLongNameIsPassedOn() {
    String name = "請".repeat(1_000) + ".pdf";
    send("Content-Disposition: form-data; name=\"attachments\"; filename=\"" + name + '"')
        .statusCode(200);

    assertThat(uploaded()).contains(name);
  }

  @Test
  void aFileInputWithoutAFileIsIgnored() {
    int before = services.calls("/api/chat/attachments").size();
    send("Content-Disposition: form-data; name=\"attachments\"; filename=\"\"").statusCode(200);
    assertThat(services.calls("/api/chat/attachments")).hasSize(before);
  }

  @Test
  void fieldsAndFilesMayComeInEachOrder() {
    post("""
    --b\r
    Content-Disposition: form-data; name="attachments"; filename="a.txt"\r
    \r
    one\r
    --b\r
    Content-Disposition: form-data; name="client_message_id"\r
    \r
    key-1\r
    --b\r
    Content-Disposition: form-data; name="content"\r
    \r
    señor\r
    --b--\r
    """)
        .statusCode(200);
    assertThat(services.calls(MESSAGES).getLast().body())
        .contains("\"content\":\"señor\"", "\"client_message_id\":\"key-1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nnever ends",
        "--bc\r\n\r\n\r\n--bc--\r\n",
        "no boundary at all",
      })
  void malformedFormsAreRefused(String form) {
    post(form).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void aFormThatEndsWithinAFileIsRefusedAndNotLogged() {
    try (CapturedLog log = CapturedLog.of("")) {
      post("--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.txt\"\r\n\r\nbytes")
          .statusCode(400);
      assertThat(log.errors()).isEmpty();
    }
  }

  private ValidatableResponse send(String headers) {
    return post("--b\r\n" + headers + "\r\n\r\nbytes\r\n--b--\r\n");
  }

  private static ValidatableResponse post(String form) {
    return as("acme", "alice")
        .header("Content-Type", "multipart/form-data; boundary=b")
        .body(form.getBytes(StandardCharsets.UTF_8))
        .post(MESSAGES + "/")
        .then();
  }

  private String uploaded() {
    return services.calls("/api/chat/attachments").getLast().body();
  }
}
