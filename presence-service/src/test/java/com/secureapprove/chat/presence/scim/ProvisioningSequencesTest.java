package com.secureapprove.chat.presence.scim;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.secureapprove.chat.presence.PresenceCalls;
import com.secureapprove.chat.presence.PresenceStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The requests of identity providers' provisioning in their order, as their documentation shows
/// them.
@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
class ProvisioningSequencesTest {
  private static final String USERS = "/scim/v2/Users";

  private final String tenant = "sequence-" + UUID.randomUUID();

  /// Microsoft Entra: "Develop and plan provisioning for a SCIM endpoint".
  @Test
  void entra() {
    find("userName eq \"non-existent user\"").body("totalResults", is(0));
    find("userName eq \"Test_User_ab6490ee\"").body("totalResults", is(0));
    String id =
        send(
                "POST",
                USERS,
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                   "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
                 "userName": "Test_User_ab6490ee", "active": true,
                 "emails": [{"primary": true, "type": "work", "value": "test_user@testuser.com"}],
                 "meta": {"resourceType": "User"},
                 "name": {"formatted": "givenName familyName", "familyName": "familyName",
                   "givenName": "givenName"},
                 "roles": [],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                   {"department": "Sales"}}
                """)
            .statusCode(201)
            .body("name.givenName", equalTo("givenName"))
            .extract()
            .path("id");
    send("GET", USERS + "/" + id + "?attributes=userName", null).statusCode(200);
    find("externalId eq \"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef\"").body("totalResults", is(1));
    send(
            "PATCH",
            USERS + "/" + id,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [
               {"op": "Replace", "path": "emails[type eq \\"work\\"].value",
                "value": "updatedEmail@microsoft.com"},
               {"op": "Replace", "path": "name.familyName", "value": "updatedFamilyName"},
               {"op": "Add", "path": "addresses[type eq \\"work\\"].locality", "value": "Lisbon"},
               {"op": "Add", "value": {
                 "phoneNumbers[type eq \\"mobile\\"].value": "1234",
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "7",
                 "displayName": "Updated Name"}},
               {"op": "Replace",
                "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
                "value": "x"}]}
            """)
        .statusCode(200)
        .body("emails[0].value", equalTo("updatedEmail@microsoft.com"))
        .body("displayName", equalTo("Updated Name"))
        .body("name.familyName", equalTo("updatedFamilyName"))
        .body("name.formatted", equalTo("givenName updatedFamilyName"));
    send(
            "PATCH",
            USERS + "/" + id,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [
               {"op": "Replace", "path": "userName", "value": "5b50642d"},
               {"op": "Replace", "path": "title", "value": null},
               {"op": "Replace", "path": "active", "value": "False"}]}
            """)
        .statusCode(200)
        .body("active", is(false))
        .body("userName", equalTo("5b50642d"));
    find("userName eq \"5b50642d\"").body("Resources[0].active", is(false));
    send("DELETE", USERS + "/" + id, null).statusCode(204);
    send("GET", USERS + "/" + id, null).statusCode(404).body("status", equalTo("404"));
  }

  /// Okta: "SCIM 2.0 protocol reference".
  @Test
  void okta() {
    send("GET", USERS + "?startIndex=1&count=2", null).statusCode(200).body("totalResults", is(0));
    find("userName eq \"test.user@okta.local\"").body("totalResults", is(0));
    String user =
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
         "userName": "test.user@okta.local",
         "name": {"givenName": "%s", "familyName": "User"},
         "emails": [{"primary": true, "value": "test.user@okta.local", "type": "work"}],
         "displayName": "%s User", "locale": "en-US", "externalId": "00ujl29u0le5T6Aj10h7",
         "groups": [], "password": "1mz050nq", "active": %s}
        """;
    String id =
        send("POST", USERS, user.formatted("Test", "Test", "true"))
            .statusCode(201)
            .body("active", is(true))
            .extract()
            .path("id");
    send("POST", USERS, user.formatted("Test", "Test", "true"))
        .statusCode(409)
        .body("scimType", equalTo("uniqueness"));
    send("GET", USERS + "/" + id, null).statusCode(200).body("name.givenName", equalTo("Test"));
    send("PUT", USERS + "/" + id, user.formatted("Another", "Another", "true"))
        .statusCode(200)
        .body("displayName", equalTo("Another User"))
        .body("name.givenName", equalTo("Another"));
    send(
            "PATCH",
            USERS + "/" + id,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [{"op": "replace", "value": {"active": false}}]}
            """)
        .statusCode(200)
        .body("active", is(false));
    send(
            "PATCH",
            USERS + "/" + id,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [{"op": "replace", "value": {"active": true, "password": "x"}}]}
            """)
        .statusCode(200)
        .body("active", is(true));
    send("PUT", USERS + "/" + id, user.formatted("Another", "Another", "false"))
        .statusCode(200)
        .body("active", is(false));
  }

  private ValidatableResponse find(String filter) {
    return call().queryParam("filter", filter).get(USERS).then().statusCode(200);
  }

  private ValidatableResponse send(String method, String path, String body) {
    RequestSpecification request = call().contentType("application/scim+json");
    return (body == null ? request : request.body(body)).request(method, path).then();
  }

  private RequestSpecification call() {
    return PresenceCalls.by("gateway", tenant).urlEncodingEnabled(true);
  }
}
