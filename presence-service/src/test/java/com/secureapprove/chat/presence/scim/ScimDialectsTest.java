package com.secureapprove.chat.presence.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.presence.PresenceCalls;
import com.secureapprove.chat.presence.PresenceStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// SCIM as Entra, Okta, Keycloak and OneLogin send it.
@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
class ScimDialectsTest {
  private static final String USERS = "/scim/v2/Users";
  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private final String tenant = "dialect-" + UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'Replace','path':'active','value':'False'}",
        "{'op':'replace','path':'active','value':false}",
        "{'op':'REPLACE','path':'ACTIVE','value':'false'}",
        "{'op':'Add','path':'active','value':'False'}",
        "{'op':'replace','value':{'active':false}}",
        "{'op':'replace','path':null,'value':{'Active':'FALSE'}}",
        "{'op':'replace','path':'','value':{'active':false}}",
        "{'op':'replace','path':'" + USER + ":active','value':false}",
        "{'op':'replace','path':'" + USER + "','value':{'active':false}}",
        "{'op':'replace','value':{'" + USER + ":active':'False'}}",
        "{'op':'replace','value':{'" + USER + "':{'active':false}}}",
        "{'op':'replace','value':{'" + ENTERPRISE + "':{'department':'x'},'active':false}}",
        "{'op':'replace','value':{'addresses[type eq \\'work\\'].formatted':'x','active':'False'}}",
        "{'op':'Replace','path':'active','value':[{'$ref':null,'value':'False'}]}",
        "{'OP':'Replace','Path':'active','Value':'False'}"
      })
  void aDeactivationHasAnEffectInEveryShape(String operation) {
    String id = create("{'userName':'a'}").statusCode(201).extract().path("id");

    patch(id, operation).statusCode(200).body("active", is(false));

    call().get(USERS + "/" + id).then().body("active", is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phoneNumbers[type eq \\'mobile\\'].value",
        "addresses[type eq \\'work\\'].formatted",
        "roles[primary eq \\'True\\'].value",
        "emails[type eq \\'home\\'].value",
        "emails[type eq \\'other\\' and primary eq false].display",
        "title",
        "preferredLanguage",
        "name.honorificPrefix",
        "nickName.x.y",
        "manager",
        ENTERPRISE + ":department",
        ENTERPRISE + ":manager.value",
        ENTERPRISE,
        "urn:example:custom:2.0:User:tag[x pr]",
        "urn:ietf:params:scim:schemas:core:2.0:Group:members",
        "meta.version",
        "id"
      })
  void anAttributeThatIsNotKeptIsPassedOver(String path) {
    String id =
        create("{'userName':'a','emails':[{'value':'a@x','type':'work','primary':true}]}")
            .extract()
            .path("id");
    for (String op : new String[] {"Add", "Replace", "Remove"}) {
      patch(id, "{'op':'replace','path':'active','value':true}").body("active", is(true));
      patch(
              id,
              "{'op':'"
                  + op
                  + "','path':'"
                  + path
                  + "','value':'x'},"
                  + "{'op':'Replace','path':'active','value':'False'}")
          .statusCode(200)
          .body("active", is(false))
          .body("emails.value", contains("a@x"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'path':'emails[type eq \\'work\\'].value','value':'new@x'|new@x",
        "'path':'Emails[Type eq \\'Work\\'].Value','value':'new@x'|new@x",
        "'path':'" + USER + ":emails[type eq \\'work\\'].value','value':'new@x'|new@x",
        "'path':'emails[primary eq true].value','value':'new@x'|new@x",
        "'path':'emails[primary eq \\'True\\'].value','value':'new@x'|new@x",
        "'path':'emails[value eq \\'old@x\\'].value','value':'new@x'|new@x",
        "'path':'emails[type eq \\'work\\']','value':{'value':'new@x'}|new@x",
        "'path':'emails.value','value':'new@x'|new@x",
        "'path':'emails','value':[{'value':'new@x','type':'work'}]|new@x",
        "'path':'emails','value':{'value':'new@x','primary':'True'}|new@x",
        "'value':{'emails':[{'value':'new@x'}]}|new@x",
        "'value':{'emails[type eq \\'work\\'].value':'new@x'}|new@x",
        "'path':'emails[type eq \\'home\\'].value','value':'home@x'|old@x"
      })
  void anAddressIsReplacedInEveryShape(String operation, String kept) {
    String id = create("{'userName':'a','emails':[{'value':'old@x'}]}").extract().path("id");

    patch(id, "{'op':'Replace'," + operation + "}")
        .statusCode(200)
        .body("emails.value", contains(kept));
  }

  /// Entra removes values by listing them, where RFC 7644 has a filter in the path.
  @Test
  void aRemovalOfListedAddressesKeepsTheOthers() {
    String id =
        create("{'userName':'a','emails':[{'value':'kept@x'}]}")
            .statusCode(201)
            .extract()
            .path("id");
    patch(id, "{'op':'Remove','path':'emails','value':[{'value':'other@x'}]}")
        .statusCode(200)
        .body("emails.value", contains("kept@x"));
    patch(id, "{'op':'Remove','path':'emails','value':{'value':'other@x'}}")
        .statusCode(200)
        .body("emails.value", contains("kept@x"));
    patch(id, "{'op':'Remove','path':'emails','value':[{'value':'Kept@x'}]}")
        .statusCode(200)
        .body("emails", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"userName eq", "userName eq x", "userName zz \"x\"", "userName eq {"})
  void aMalformedFilterIsRefusedWithoutTheTextOfTheParser(String filter) {
    call()
        .queryParam("filter", filter)
        .get(USERS)
        .then()
        .statusCode(400)
        .body("scimType", equalTo("invalidFilter"))
        .body("detail", not(containsString("Source")))
        .body("detail", not(containsString("\n")));
  }

  @Test
  void nullIsNoValue() {
    String id =
        create(
                "{'userName':'gina','displayName':null,'externalId':null,'active':null,"
                    + "'name':{'givenName':'Gina','familyName':null,'formatted':null},"
                    + "'emails':[{'value':null,'primary':true}]}")
            .statusCode(201)
            .body("displayName", equalTo("Gina"))
            .body("name.familyName", nullValue())
            .body("emails", nullValue())
            .body("externalId", nullValue())
            .body("active", is(true))
            .extract()
            .path("id");
    patch(id, "{'op':'add','path':'emails[type eq \\'work\\'].value','value':'g@x'}")
        .body("emails.value", contains("g@x"));
    patch(id, "{'op':'replace','path':'emails[type eq \\'work\\'].value','value':null}")
        .statusCode(200)
        .body("emails", nullValue());
    patch(id, "{'op':'replace','path':'name','value':null}").body("displayName", equalTo("gina"));
    patch(id, "{'op':'replace','path':'userName','value':null}")
        .statusCode(400)
        .body("scimType", equalTo("invalidValue"));
    patch(id, "{'op':'replace','value':{'emails':null,'active':null}}").statusCode(200);
  }

  @Test
  void theShownNameFollowsTheParts() {
    String id =
        create("{'userName':'gina','name':{'givenName':'Gina','familyName':'Green'}}")
            .body("displayName", equalTo("Gina Green"))
            .body("name.givenName", equalTo("Gina"))
            .body("name.familyName", equalTo("Green"))
            .body("name.formatted", equalTo("Gina Green"))
            .extract()
            .path("id");
    patch(id, "{'op':'Replace','path':'name.familyName','value':'Brown'}")
        .body("displayName", equalTo("Gina Brown"))
        .body("name.formatted", equalTo("Gina Brown"))
        .body("name.givenName", equalTo("Gina"));
    PresenceCalls.by("message", tenant)
        .get("/internal/people?ids=" + id)
        .then()
        .body("people[0].name", equalTo("Gina Brown"));
    patch(id, "{'op':'Replace','path':'displayName','value':'GG'}")
        .body("displayName", equalTo("GG"))
        .body("name.formatted", equalTo("Gina Brown"));
    patch(id, "{'op':'Replace','path':'NAME','value':{'GivenName':'Georgina'}}")
        .body("displayName", equalTo("GG"))
        .body("name.formatted", equalTo("Georgina Brown"));
    patch(id, "{'op':'Remove','path':'displayName'}")
        .body("displayName", equalTo("Georgina Brown"));
  }

  @Test
  void theFamilyNameAloneChangesAFormattedName() {
    String id =
        create("{'userName':'gina','name':{'formatted':'Gina Green'}}").extract().path("id");
    patch(id, "{'op':'Replace','path':'name.familyName','value':'Brown'}")
        .body("displayName", equalTo("Gina Brown"))
        .body("name.givenName", equalTo("Gina"));
  }

  @Test
  void aUserThatIsReadChangedAndPutBackIsRenamed() {
    String id =
        create("{'userName':'gina','name':{'givenName':'Gina','familyName':'Green'}}")
            .extract()
            .path("id");
    String read = call().get(USERS + "/" + id).body().asString();

    call()
        .body(read.replace("\"familyName\":\"Green\"", "\"familyName\":\"Brown\""))
        .put(USERS + "/" + id)
        .then()
        .statusCode(200)
        .body("displayName", equalTo("Gina Brown"))
        .body("name.formatted", equalTo("Gina Brown"));
  }

  @Test
  void aPutRemovesWhatItDoesNotNameAndReactivatesNobody() {
    String id =
        create(
                "{'userName':'a','externalId':'e','displayName':'Shown','active':false,"
                    + "'name':{'givenName':'G','familyName':'F'},'emails':[{'value':'a@x'}]}")
            .extract()
            .path("id");
    call()
        .body(json("{'userName':'a','name':{'familyName':'Only'}}"))
        .put(USERS + "/" + id)
        .then()
        .statusCode(200)
        .body("externalId", nullValue())
        .body("emails", nullValue())
        .body("displayName", equalTo("Only"))
        .body("name.givenName", nullValue())
        .body("active", is(false));
  }

  @Test
  void qualifiedNamesEqualShortOnes() {
    create(
            "{'"
                + USER
                + ":userName':'qualified','"
                + USER
                + "':{'displayName':'Q'},"
                + "'USERNAME2':'x','"
                + USER
                + ":Name':{'familyName':'F'}}")
        .statusCode(201)
        .body("userName", equalTo("qualified"))
        .body("displayName", equalTo("Q"))
        .body("name.familyName", equalTo("F"));
    for (String filter :
        new String[] {
          USER + ":userName eq \"qualified\"",
          "USERNAME eq \"Qualified\"",
          USER + ":name.familyName eq \"f\"",
          "active eq \"True\""
        }) {
      call()
          .queryParam("filter", filter)
          .get(USERS)
          .then()
          .statusCode(200)
          .body("totalResults", is(1));
    }
  }

  /// As JumpCloud, PingOne, OneLogin and Entra look a user up.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName Eq \"LOOKED.UP\"",
        "(userName eq \"looked.up\")",
        "userName eq \"looked.up\" and active eq true",
        "userName eq \"looked.up\" and active eq \"True\"",
        "userName eq \"looked.up\" or userName eq \"nobody\"",
        "userName eq \"looked.up\" and meta.resourceType eq \"User\"",
        "userName eq \"looked.up\" and meta.lastModified gt \"2020-01-01T00:00:00Z\"",
        "not (userName ne \"looked.up\")",
        "emails.value eq \"looked@x\"",
        "emails eq \"looked@x\"",
        "emails[type eq \"work\" and value eq \"looked@x\"]",
        "externalId eq \"00u1\"",
      })
  void aUserIsFoundByTheFiltersOfProviders(String filter) {
    create("{'userName':'looked.up','externalId':'00u1','emails':[{'value':'looked@x'}]}")
        .statusCode(201);
    create("{'userName':'another'}").statusCode(201);

    call()
        .queryParam("filter", filter)
        .queryParam("startIndex", 1)
        .queryParam("count", 1)
        .get(USERS)
        .then()
        .statusCode(200)
        .body("totalResults", is(1))
        .body("Resources.userName", contains("looked.up"));
  }

  @Test
  void theServiceDescribesItself() {
    call()
        .get("/scim/v2/ServiceProviderConfig")
        .then()
        .statusCode(200)
        .contentType("application/scim+json")
        .body("patch.supported", is(true))
        .body("bulk.supported", is(false))
        .body("authenticationSchemes[0].type", equalTo("oauthbearertoken"));
    call()
        .get("/scim/v2/Schemas")
        .then()
        .statusCode(200)
        .body("Resources[0].id", equalTo(USER))
        .body("Resources[0].attributes.name", hasItem("emails"));
    call().get("/scim/v2/Schemas/" + USER).then().statusCode(200).body("name", equalTo("User"));
    call().get("/scim/v2/Schemas/urn:unknown").then().statusCode(404);
    call().get("/scim/v2/Schemas?filter=id pr").then().statusCode(403);
    call()
        .get("/scim/v2/ResourceTypes")
        .then()
        .statusCode(200)
        .body("totalResults", is(1))
        .body("Resources[0].endpoint", equalTo("/Users"));
    call().get("/scim/v2/ResourceTypes/User").then().statusCode(200).body("schema", notNullValue());
  }

  @ParameterizedTest
  @CsvSource({
    "a\u200Blice, U+200B", // zero width space
    "alice\u202E, U+202E", // right-to-left override
    "al\u2066ice, U+2066",
    "\uFEFFalice, U+FEFF",
    "al\u00ADice, U+00AD", // soft hyphen
    "al\u2060ice, U+2060",
    "al\u3164ice, U+3164", // Hangul filler
    "al\u034Fice, U+034F",
    "al\uFE0Fice, U+FE0F",
    "alice\u2800x, U+2800", // blank Braille pattern
    "al\u00A0ice, U+00A0",
    "\u0430lice, scripts", // Cyrillic a
    "ali\u03BDe, scripts", // Greek nu
    "\u0441\u043E\u0440\u0443, look like", // Cyrillic letters only
    "\uFF41lice, compatibility", // fullwidth a
    "\uD835\uDC1Alice, compatibility", // mathematical bold a
    "o\uFB03ce, compatibility", // ligature
    "\u0251lice, look like", // Latin alpha
    "a\u0301\u0301\u0301b, mark",
    "1\u0662x, digits"
  })
  void userNamesThatLookLikeOthersAreRefused(String userName, String reason) {
    create("{'userName':'" + userName + "'}")
        .statusCode(400)
        .body("scimType", equalTo("invalidValue"))
        .body("detail", org.hamcrest.Matchers.containsString(reason));
    String id = create("{'userName':'fine'}").extract().path("id");
    patch(id, "{'op':'replace','path':'userName','value':'" + userName + "'}").statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice@acme.example",
        "José.Peña",
        "Zoë O'Brien-Smith",
        "Ångström",
        "Łukasz",
        "ışık",
        "Иван.Петров",
        "Γιώργος",
        "山田太郎",
        "やまだ タロウ2",
        "김철수",
        "محمد",
        "משה",
        "สมชาย",
        "प्रिया",
        "a_b+c.d-42"
      })
  void userNamesOfOneScriptAreAccepted(String userName) {
    create("{'userName':'" + userName.replace("'", "\\u0027") + "'}")
        .statusCode(201)
        .body("userName", equalTo(userName));
  }

  private ValidatableResponse create(String body) {
    return call().body(json(body)).post(USERS).then();
  }

  private ValidatableResponse patch(String id, String operations) {
    return call()
        .body(
            json(
                "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
                    + operations
                    + "]}"))
        .patch(USERS + "/" + id)
        .then();
  }

  /// Writes JSON with single quotes.
  private static String json(String text) {
    String body = text.replace("\\'", "\\\"").replace('\'', '"');
    assertThat(body).startsWith("{");
    return body;
  }

  private RequestSpecification call() {
    return PresenceCalls.by("gateway", tenant).urlEncodingEnabled(true);
  }
}
