package com.secureapprove.chat.systemtests.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.stack.Part;
import com.secureapprove.chat.systemtests.issuer.TestIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// An organisation that a test made for itself. Its people are in the directory before they sign
/// in.
///
/// @param name the same as in the claim of its tokens
public record Tenant(Suite suite, String name) {

  /// Somebody who has signed in.
  public Person person(String userName) {
    return people(userName).getFirst();
  }

  /// Several who have signed in, in that order.
  public List<Person> people(String... userNames) {
    enter(List.of(userNames), true);
    return Arrays.stream(userNames).map(this::signIn).toList();
  }

  /// Somebody who is in the directory signs in.
  public Person signIn(String userName) {
    return Person.signIn(suite, () -> suite.issuer().token(name, userName));
  }

  /// Puts people into the directory, or changes who they are there, and answers their ids in that
  /// order. Nobody signs in.
  public List<String> enter(List<String> userNames, boolean active) {
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
    String token = suite.stack().keys().token("local-stack", Part.PRESENCE.label(), name, null);
    URI directory = suite.stack().url(Part.PRESENCE).resolve("/internal/people");
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

  /// The name under which a person of this user name is known.
  public static String displayName(String userName) {
    return TestIssuer.displayName(userName);
  }

  String email(String userName) {
    return "%s@%s.example".formatted(userName, name);
  }
}
