package com.secureapprove.chat.systemtests.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An organisation that a test made for itself. Its people are in the directory before they sign
/// in.
///
/// @param name the same as in the claim of its tokens
public record Tenant(Suite suite, String name) {

  private static final int LARGEST_BATCH = 256;
  private static final int MOST_PEOPLE = 200;

  /// A person who is signed in.
  public ChatUser person(String userName) {
    return people(userName).getFirst();
  }

  /// Several who have signed in, in that order.
  public List<ChatUser> people(String... userNames) {
    enter(List.of(userNames), true);
    return Arrays.stream(userNames).map(this::signIn).toList();
  }

  /// Signs in a person of the directory.
  public ChatUser signIn(String userName) {
    return ChatUser.signIn(suite, () -> suite.issuer().token(name, userName));
  }

  /// Adds people to the directory, or changes them, and returns their ids in that order. Nobody
  /// signs in.
  public List<String> enter(List<String> userNames, boolean active) {
    List<String> ids = new ArrayList<>();
    for (int start = 0; start < userNames.size(); start += MOST_PEOPLE) {
      ids.addAll(
          enterAtOnce(
              userNames.subList(start, Math.min(userNames.size(), start + MOST_PEOPLE)), active));
    }
    return ids;
  }

  private List<String> enterAtOnce(List<String> userNames, boolean active) {
    List<Map<String, Object>> people =
        userNames.stream()
            .map(userName ->
                Map.<String, Object>of(
                    "external_id", userName,
                    "user_name", userName,
                    "name", displayName(userName),
                    "email", email(userName),
                    "active", active))
            .toList();
    String token =
        suite.stack().keys().token("local-stack", Component.PRESENCE.label(), name, null);
    URI directory = suite.stack().url(Component.PRESENCE).resolve("/internal/people");
    Answer answer =
        suite
            .http()
            .send(
                HttpRequest.newBuilder(directory)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(Json.of(Map.of("people", people)))));
    List<String> ids = Json.texts(answer.expect(200).path("people"), "id");
    assertThat(ids).hasSameSizeAs(userNames);
    return ids;
  }

  /// Stores messages of a person in batches like a gateway, without rate limits.
  public void fill(String conversation, ChatUser sender, List<String> contents) {
    String token = suite.stack().keys().token("gateway", Component.MESSAGE.label(), name, null);
    URI messages = suite.stack().url(Component.MESSAGE).resolve("/internal/messages");
    for (int start = 0; start < contents.size(); start += LARGEST_BATCH) {
      List<Map<String, Object>> items =
          contents.subList(start, Math.min(contents.size(), start + LARGEST_BATCH)).stream()
              .map(content ->
                  Map.<String, Object>of(
                      "conversation_id", conversation,
                      "sender_id", sender.id(),
                      "content", content,
                      "attachment_ids", List.of(),
                      "client_message_id", UUID.randomUUID().toString()))
              .toList();
      Answer answer =
          suite
              .http()
              .send(
                  HttpRequest.newBuilder(messages)
                      .header("Authorization", "Bearer " + token)
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString(Json.of(Map.of("items", items)))));
      assertThat(answer.expect(200).path("outcomes"))
          .allMatch(outcome -> outcome.path("created").asBoolean());
    }
  }

  /// Makes a person count as inactive, as if their last request had been minutes ago.
  public void wasActiveLongAgo(ChatUser person) {
    Instant longAgo = Instant.now().minus(Duration.ofMinutes(10));
    suite.tellRedis(
        "ZADD chat:{%s}:online XX %d %s".formatted(name, longAgo.toEpochMilli(), person.id()));
  }

  /// The name under which a person of this user name is known.
  public static String displayName(String userName) {
    return TestIssuer.displayName(userName);
  }

  /// What its identity provider holds, where it is a provisioned one.
  public String provisioningToken() {
    return provisioningToken(name);
  }

  static String provisioningToken(String name) {
    return "provisioning-token-of-the-tenant-" + name;
  }

  /// A request below `/scim/v2/Users` with the provisioning token on it.
  public HttpRequest.Builder scim(String path) {
    return HttpRequest.newBuilder(URI.create(suite.baseUrl() + "/scim/v2/Users" + path))
        .header("Authorization", "Bearer " + provisioningToken());
  }

  String email(String userName) {
    return "%s@%s.example".formatted(userName, name);
  }
}
