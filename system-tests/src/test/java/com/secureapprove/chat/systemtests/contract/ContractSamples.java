package com.secureapprove.chat.systemtests.contract;

import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;

/// A tenant with data for every operation, and one successful request of each.
final class ContractSamples {

  static final String BOUNDARY = "sample";
  static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;
  private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private final Suite suite;
  private final Tenant tenant;
  private final ChatUser alice;
  private final ChatUser bob;
  private final ChatUser carol;
  private final ChatUser publisher;
  private final String group;
  private final String picture;

  ContractSamples(Suite suite) {
    this.suite = suite;
    tenant = suite.newProvisionedTenant();
    List<ChatUser> people = tenant.people("alice", "bob", "carol");
    alice = people.get(0);
    bob = people.get(1);
    carol = people.get(2);
    publisher = ChatUser.withToken(suite, suite.issuer().publisherToken(tenant.name(), "host-app"));
    group = newGroup();
    picture =
        alice
            .send("POST", "attachments/", FORM, BodyPublishers.ofByteArray(form("file", png())))
            .expect(201)
            .path("id")
            .asText();
  }

  Tenant tenant() {
    return tenant;
  }

  ChatUser alice() {
    return alice;
  }

  ChatUser bob() {
    return bob;
  }

  ChatUser carol() {
    return carol;
  }

  ChatUser publisher() {
    return publisher;
  }

  /// Another person for requests, after alice has reached a limit.
  ChatUser another() {
    return tenant.person("another-" + UUID.randomUUID());
  }

  String newGroup() {
    return alice
        .post("conversations/start_group/", Map.of("participant_ids", List.of(bob.id())))
        .expect(201)
        .path("id")
        .asText();
  }

  /// An id for which the operation succeeds.
  String id(Operation operation) {
    return switch (operation.id()) {
      case "download", "thumbnail" -> picture;
      case "removeParticipant" -> newGroup();
      case "user", "listAccounts" -> alice.id();
      case "replaceUser", "patchUser", "deleteUser", "unlinkAccounts" ->
          tenant.enter(List.of("temp-" + UUID.randomUUID()), true).getFirst();
      default -> group;
    };
  }

  /// A valid JSON body of an operation; empty if it has no body.
  Map<String, Object> body(Operation operation) {
    return switch (operation.id()) {
      case "start" -> Map.of("participant_id", bob.id());
      case "startGroup" ->
          Map.of("participant_ids", List.of(bob.id(), carol.id()), "title", "Team");
      case "setRole" -> Map.of("participant_id", bob.id(), "role", "admin");
      case "addParticipants" -> Map.of("participant_ids", List.of(carol.id()));
      case "removeParticipant" -> Map.of("participant_id", bob.id());
      case "updateTitle" -> Map.of("title", "Another");
      case "send" -> Map.of("content", "hello", "client_message_id", UUID.randomUUID().toString());
      case "publishNotification" ->
          Map.of("user_ids", List.of(bob.id()), "type", "notification_sample", "data", Map.of());
      case "createUser", "replaceUser" ->
          Map.of(
              "schemas",
              List.of("urn:ietf:params:scim:schemas:core:2.0:User"),
              "userName",
              "new-" + UUID.randomUUID(),
              "displayName",
              "New One");
      case "patchUser" ->
          Map.of(
              "schemas", List.of(PATCH_OP),
              "Operations",
                  List.of(Map.of("op", "replace", "path", "displayName", "value", "Changed")));
      default -> Map.of();
    };
  }

  /// The path of an operation.
  ///
  /// @param id replaces the id in the path, if the path has one
  static String path(Operation operation, String id) {
    return operation.path().replace("{id}", id);
  }

  /// The token that an operation requires.
  String token(Operation operation) {
    return switch (operation.id()) {
      case "publishNotification" -> publisher.token();
      default -> isScim(operation) ? tenant.provisioningToken() : alice.token();
    };
  }

  static boolean isScim(Operation operation) {
    return operation.path().startsWith("/scim/");
  }

  /// A request without credentials and without a method.
  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(suite.baseUrl() + path));
  }

  /// A request that succeeds.
  HttpRequest.Builder good(Operation operation) {
    return good(operation, token(operation), id(operation));
  }

  /// The same request with other credentials and another id.
  HttpRequest.Builder good(Operation operation, String token, String id) {
    HttpRequest.Builder request =
        to(path(operation, id) + query(operation)).header("Authorization", "Bearer " + token);
    List<String> types = operation.bodyTypes();
    if (types.isEmpty()) {
      return request.method(operation.method(), BodyPublishers.noBody());
    }
    if (operation.id().equals("upload")) {
      byte[] file = form("file", "text".getBytes(StandardCharsets.UTF_8));
      return request.header("Content-Type", FORM).POST(BodyPublishers.ofByteArray(file));
    }
    return request
        .header("Content-Type", types.getFirst())
        .method(operation.method(), BodyPublishers.ofString(Json.of(body(operation))));
  }

  /// The query that an operation requires.
  private static String query(Operation operation) {
    return operation.id().equals("unlinkIssuer") ? "?issuer=https%3A%2F%2Fformer.example" : "";
  }

  Answer send(HttpRequest.Builder request) {
    return suite.send(request);
  }

  /// A form with one file.
  static byte[] form(String field, byte[] file) {
    boolean image = file.length > 4 && file[1] == 'P';
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        """
        --%s\r
        Content-Disposition: form-data; name="%s"; filename="sample.%s"\r
        Content-Type: %s\r
        \r
        """
            .formatted(BOUNDARY, field, image ? "png" : "txt", image ? "image/png" : "text/plain")
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(file);
    form.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  /// JSON of a given size, within an unknown field.
  static BodyPublisher large(int bytes) {
    return BodyPublishers.ofString("{\"x\":\"" + "x".repeat(bytes) + "\"}");
  }

  static byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "png", bytes);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    return bytes.toByteArray();
  }
}
