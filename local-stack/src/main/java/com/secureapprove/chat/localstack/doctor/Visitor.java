package com.secureapprove.chat.localstack.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jose4j.json.JsonUtil;

/// A person with an access token, who uses the chat at one URL. For one thread.
final class Visitor {

  private static final String API = "/api/chat/";
  private static final int UNAUTHORIZED = 401;
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient http;
  private final URI url;
  private final String token;

  /// @param url the origin of the chat, without a slash at its end
  /// @param token an access token; empty for requests without credentials
  Visitor(OkHttpClient http, URI url, String token) {
    this.http = http;
    this.url = url;
    this.token = token;
  }

  /// Shows the token to the gateway.
  ///
  /// @return who the person is
  String signIn(Clock clock) throws CheckFailed {
    Reply reply = get("me/");
    if (reply.status() == UNAUTHORIZED) {
      throw new CheckFailed("The gateway refuses the token.", AccessToken.refusal(token, clock));
    }
    if (!reply.isOk()) {
      throw reply.refused("GET /api/chat/me/");
    }
    Map<String, Object> me = reply.object();
    return "%s of the tenant %s.".formatted(me.get("name"), me.get("tenant"));
  }

  /// The id of the person.
  Object id() throws CheckFailed {
    Object id = get("me/").object().get("id");
    if (id == null) {
      throw new CheckFailed("me/ has no id.", "Another server answers here.");
    }
    return id;
  }

  Reply get(String path) throws CheckFailed {
    return send(request(path).get().build());
  }

  Reply post(String path, Map<String, ?> body) throws CheckFailed {
    RequestBody json = RequestBody.create(JsonUtil.toJson(body), JSON);
    return send(request(path).post(json).build());
  }

  /// Uploads a text file of this person.
  Reply upload(String name, String content) throws CheckFailed {
    RequestBody form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("file", name, RequestBody.create(content, MediaType.get("text/plain")))
            .build();
    return send(request(API + "attachments/").post(form).build());
  }

  /// Opens a socket, and waits for its first frame.
  ///
  /// @param after the event after which to resume; empty for a new session
  ChatConnection connect(String after) throws CheckFailed {
    String query = after.isEmpty() ? "" : "?last_event_id=" + after;
    return ChatConnection.open(http, url, request("/ws/chat/" + query).build());
  }

  /// @param path below the origin if it starts with a slash, else below the API
  private Request.Builder request(String path) {
    Request.Builder request =
        new Request.Builder().url(url + (path.startsWith("/") ? path : API + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Reply send(Request request) throws CheckFailed {
    try (Response response = http.newCall(request).execute()) {
      return new Reply(response.code(), response.headers(), response.body().string());
    } catch (IOException failure) {
      throw Transport.failure(url, failure);
    }
  }
}
