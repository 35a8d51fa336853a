package com.secureapprove.chat.serviceplatform;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// During a rollout another component may be of a newer release, whose records have more fields.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class NewerReleaseTest {

  @AfterEach
  void reset() {
    StubDirectory.answers(200, "{\"people\":[]}");
  }

  @Test
  void unknownFieldsInAResponseAreIgnored() {
    String id = UUID.randomUUID().toString();
    StubDirectory.answers(
        200,
        """
        {"people":[{"id":"%s","name":"Ann","email":"ann@acme.example","active":true,"version":1,
        "pronouns":{"spoken":["she"]}}],"next":[1,{"a":2}]}
        """
            .formatted(id));
    given()
        .auth()
        .oauth2(SampleStores.token())
        .get("/samples/people/" + id)
        .then()
        .statusCode(200)
        .body("", contains(id));
  }

  @Test
  void unknownFieldsInACallOfAnotherComponentAreIgnored() {
    given()
        .auth()
        .oauth2(SampleStores.token())
        .contentType("application/json")
        .body("{\"people\":[],\"reason\":{\"code\":7}}")
        .post("/samples/internal")
        .then()
        .statusCode(200)
        .body(equalTo("0"));
  }

  @Test
  void unknownFieldsInACallOfAClientAreRefused() {
    given()
        .auth()
        .oauth2(SampleStores.token())
        .contentType("application/json")
        .body("{\"title\":\"x\",\"reason\":{\"code\":7}}")
        .post("/samples")
        .then()
        .statusCode(400)
        .body("detail", equalTo("reason: unknown field"));
  }
}
