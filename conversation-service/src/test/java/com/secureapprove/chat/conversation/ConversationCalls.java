package com.secureapprove.chat.conversation;

import static io.restassured.RestAssured.given;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.redis.RedisKeys;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.arc.Arc;
import io.quarkus.redis.datasource.RedisDataSource;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;

/// Calls to the service under test, signed like calls of other components. A person's id is
/// `name.tenant`.
public final class ConversationCalls {
  public static final String CONVERSATIONS = "/api/chat/conversations/";

  private ConversationCalls() {}

  /// A call of a component itself.
  public static RequestSpecification by(String part, String tenant) {
    return with(BackingServices.shared().componentToken(part, ConversationStores.PART, tenant));
  }

  /// A call that the gateway forwards for a person.
  public static RequestSpecification of(String userId) {
    return of(userId, "gateway");
  }

  /// A call that another component makes for a person.
  public static RequestSpecification of(String userId, String part) {
    String tenant = userId.substring(userId.indexOf('.') + 1);
    return with(
        BackingServices.shared()
            .userToken(
                part,
                ConversationStores.PART,
                tenant,
                TokenUser.of(userId, userId, userId + "@example.test")));
  }

  public static ValidatableResponse start(String user, String other) {
    return of(user).body(Map.of("participant_id", other)).post(CONVERSATIONS + "start/").then();
  }

  /// Returns the id of the direct conversation of two people.
  public static String pair(String user, String other) {
    return start(user, other).extract().path("id");
  }

  /// Creates a group and returns its id.
  public static String group(String owner, String... others) {
    return of(owner)
        .body(Map.of("participant_ids", others))
        .post(CONVERSATIONS + "start_group/")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /// Appends an event to the stream, as the relay of another service does.
  public static void event(String tenant, String aggregate, long version, ChatEvent data) {
    EventCodec codec = Arc.container().instance(EventCodec.class).get();
    String encoded =
        codec.encode(
            new EventEnvelope(
                TimeOrderedIds.next(), tenant, aggregate, version, Instant.now(), data));
    Arc.container().instance(RedisDataSource.class).get().stream(String.class)
        .xadd(RedisKeys.stream(EventStreams.shardOf(tenant)), Map.of(EventStreams.FIELD, encoded));
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
  }
}
