package com.secureapprove.chat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UploadSizeTest.Raised.class)
class UploadSizeTest extends GatewayTest {
  private static final int MIB = 1 << 20;

  public static final class Raised implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chat.upload.max-size", "20M",
          "chat.attachment.url", "http://127.0.0.1:${test.services.port}");
    }
  }

  @Test
  void aRaisedLimitIsReportedToClients() {
    as("acme", "alice")
        .get("/api/chat/me/")
        .then()
        .statusCode(200)
        .body("limits.attachment_bytes", equalTo(20 * MIB))
        .body("limits.attachments_per_message", equalTo(10))
        .body("limits.frame_bytes", equalTo(64 << 10));
  }

  @Test
  void aFileWithinTheRaisedLimitReachesAttachmentService() {
    upload(19 * MIB).then().statusCode(201);
    assertThat(services.calls("/api/chat/attachments").getLast().body().length())
        .isGreaterThan(19 * MIB);
  }

  @Test
  void aFileBeyondTheRaisedLimitIsTooLarge() {
    upload(22 * MIB).then().statusCode(413);
    assertThat(services.calls("/api/chat/attachments")).isEmpty();
  }

  @Test
  void theFilesOfAMessageMayHaveTheRaisedLimitEach() {
    String messages = "/api/chat/conversations/" + UUID.randomUUID() + "/messages";
    as("acme", "alice")
        .multiPart("content", "two large files")
        .multiPart("attachments", "a.bin", new byte[12 * MIB])
        .multiPart("attachments", "c.bin", new byte[12 * MIB])
        .post(messages)
        .then()
        .statusCode(200);
    assertThat(services.calls("/api/chat/attachments"))
        .hasSize(2)
        .allSatisfy(call -> assertThat(call.body().length()).isGreaterThan(12 * MIB));
    assertThat(services.calls(messages).getLast().body())
        .contains("\"content\":\"two large files\"")
        .containsPattern("\"attachment_ids\":\\[\"[0-9a-f-]{36}\",\"[0-9a-f-]{36}\"]");
  }

  private static Response upload(int bytes) {
    return as("acme", "alice")
        .contentType("multipart/form-data")
        .multiPart("file", "a.bin", new byte[bytes])
        .post("/api/chat/attachments/");
  }
}
