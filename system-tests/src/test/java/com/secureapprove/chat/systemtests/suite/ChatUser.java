package com.secureapprove.chat.systemtests.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// A person who uses the chat through the gateway.
public final class ChatUser {

  private static final String API = "/api/chat/";

  private final Suite suite;
  private final Supplier<String> tokens;
  private final String token;
  private String id = "";
  private String name = "";
  private String email = "";

  private ChatUser(Suite suite, Supplier<String> tokens) {
    this.suite = suite;
    this.tokens = tokens;
    this.token = tokens.get();
  }

  static ChatUser signIn(Suite suite, Supplier<String> tokens) {
    ChatUser person = new ChatUser(suite, tokens);
    JsonNode me = person.get("me/").expect(200);
    person.id = me.path("id").asText();
    person.name = me.path("name").asText();
    person.email = me.path("email").asText();
    return person;
  }

  /// The holder of a token, valid or not. Sends no request.
  public static ChatUser withToken(Suite suite, String token) {
    return new ChatUser(suite, () -> token);
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String email() {
    return email;
  }

  /// The access token.
  public String token() {
    return token;
  }

  /// Another access token.
  public String freshToken() {
    return tokens.get();
  }

  /// GET of a path below `/api/chat/`. All paths of this class are relative to it.
  public Answer get(String path) {
    return suite.http().send(request(path).GET());
  }

  /// POST without a body.
  public Answer post(String path) {
    return suite.http().send(request(path).POST(BodyPublishers.noBody()));
  }

  /// POST with a JSON body.
  public Answer post(String path, Object body) {
    return send("POST", path, Json.of(body));
  }

  /// PATCH without a body.
  public Answer patch(String path) {
    return suite.http().send(request(path).method("PATCH", BodyPublishers.noBody()));
  }

  /// PATCH with a JSON body.
  public Answer patch(String path, Object body) {
    return send("PATCH", path, Json.of(body));
  }

  /// Sends any text with the media type JSON.
  public Answer send(String method, String path, String body) {
    return send(method, path, "application/json", BodyPublishers.ofString(body));
  }

  /// Any body of any type.
  public Answer send(String method, String path, String type, BodyPublisher body) {
    return suite.http().send(request(path).header("Content-Type", type).method(method, body));
  }

  /// A request to add to, with the token on it.
  public HttpRequest.Builder request(String path) {
    URI uri = URI.create(suite.baseUrl() + API + path);
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
  }

  /// Sends a request made by [#request].
  public Answer send(HttpRequest.Builder request) {
    return suite.http().send(request);
  }

  /// The conversation with one other person. Creates it if needed.
  public String startWith(ChatUser other) {
    Answer answer = post("conversations/start/", Map.of("participant_id", other.id()));
    return answer.expect(answer.status() == 200 ? 200 : 201).path("id").asText();
  }

  /// Sends a message over REST and returns it.
  public JsonNode say(String conversation, String content) {
    suite.confidential().add(content);
    return post(
            "conversations/" + conversation + "/messages/",
            Map.of("content", content, "client_message_id", UUID.randomUUID().toString()))
        .expect(201);
  }

  /// Uploads a file without a message.
  public Answer upload(String name, String type, byte[] content) {
    suite.confidential().add(name);
    String head =
        """
        --b\r
        Content-Disposition: form-data; name="file"; filename="%s"\r
        Content-Type: %s\r
        \r
        """
            .formatted(name, type);
    return send(
        "POST",
        "attachments/",
        "multipart/form-data; boundary=b",
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofByteArray(content),
            BodyPublishers.ofString("\r\n--b--\r\n")));
  }

  /// Opens a WebSocket and waits for its `connected` frame.
  public Socket connect() {
    Socket socket = open("");
    socket.await("connected");
    return socket;
  }

  /// Opens a WebSocket that resumes after an event.
  public Socket resume(String eventId) {
    Socket socket = open("?last_event_id=" + eventId);
    socket.await("connected");
    return socket;
  }

  /// Opens a WebSocket without waiting for its `connected` frame.
  ///
  /// @param query with its question mark, or empty
  public Socket open(String query) {
    return Socket.open(suite, query, Map.of("Authorization", "Bearer " + token));
  }

  @Override
  public String toString() {
    return name;
  }
}
