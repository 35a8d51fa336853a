package com.secureapprove.chat.attachment;

import static io.restassured.RestAssured.given;

import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Calls to the service under test, signed like calls of other components. A person's id is
/// `name.tenant`.
public final class Calls {
  public static final String ATTACHMENTS = "/api/chat/attachments/";

  private Calls() {}

  /// A call of a component itself.
  public static RequestSpecification by(String part, String tenant) {
    return with(BackingServices.shared().componentToken(part, BackingStores.PART, tenant));
  }

  /// A call that the gateway forwards for a person.
  public static RequestSpecification of(String userId) {
    String tenant = userId.substring(userId.indexOf('.') + 1);
    return with(
        BackingServices.shared()
            .userToken(
                "gateway",
                BackingStores.PART,
                tenant,
                TokenUser.of(userId, userId, userId + "@example.test")));
  }

  public static ValidatableResponse upload(String user, String name, String type, byte[] bytes) {
    return of(user).multiPart("file", name, bytes, type).post(ATTACHMENTS).then();
  }

  /// Uploads a file whose part has exactly these headers, as clients send them in UTF-8.
  public static ValidatableResponse uploadPart(String user, String headers, byte[] bytes) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(("--edge\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    form.writeBytes(bytes);
    form.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
    return of(user)
        .header("Content-Type", "multipart/form-data; boundary=edge")
        .body(form.toByteArray())
        .post(ATTACHMENTS)
        .then();
  }

  /// Uploads a file and returns its id.
  public static String uploaded(String user, String name, byte[] bytes) {
    return upload(user, name, "application/octet-stream", bytes)
        .statusCode(201)
        .extract()
        .path("id");
  }

  /// Claims one file like message-service.
  public static ValidatableResponse claim(
      String sender, String conversation, String key, String... files) {
    return by("message", sender.substring(sender.indexOf('.') + 1))
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "items",
                List.of(
                    Map.of(
                        "conversation_id",
                        conversation,
                        "sender_id",
                        sender,
                        "client_message_id",
                        key,
                        "attachment_ids",
                        List.of(files)))))
        .post("/internal/claims")
        .then();
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
