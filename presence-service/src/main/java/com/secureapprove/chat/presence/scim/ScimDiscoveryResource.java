package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.JsonUtils;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// What this SCIM service provides (RFC 7644, section 4).
@Path("/scim/v2")
@RolesAllowed("part:gateway")
class ScimDiscoveryResource {
  private static final JsonNode CONFIGURATION =
      json(
          """
          {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
           "patch": {"supported": true},
           "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
           "filter": {"supported": true, "maxResults": 200},
           "changePassword": {"supported": false},
           "sort": {"supported": false},
           "etag": {"supported": false},
           "authenticationSchemes": [
             {"type": "oauthbearertoken", "name": "Provisioning token", "primary": true,
              "description": "The provisioning token of the tenant as a bearer token"}],
           "meta": {"resourceType": "ServiceProviderConfig",
                    "location": "/scim/v2/ServiceProviderConfig"}}
          """);

  private static final JsonNode USER_TYPE =
      json(
          """
          {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
           "id": "User", "name": "User", "endpoint": "/Users",
           "description": "A person of the tenant's directory",
           "schema": "urn:ietf:params:scim:schemas:core:2.0:User",
           "schemaExtensions": [],
           "meta": {"resourceType": "ResourceType", "location": "/scim/v2/ResourceTypes/User"}}
          """);

  private static final JsonNode USER_SCHEMA =
      json(
          """
          {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
           "id": "urn:ietf:params:scim:schemas:core:2.0:User", "name": "User",
           "description": "A person of the tenant's directory",
           "attributes": [%s, %s, %s,
             {"name": "name", "type": "complex", "multiValued": false, "required": false,
              "description": "The parts of the name", "mutability": "readWrite",
              "returned": "default", "uniqueness": "none",
              "subAttributes": [%s, %s, %s]},
             {"name": "emails", "type": "complex", "multiValued": true, "required": false,
              "description": "One address is kept: the primary one, else the first",
              "mutability": "readWrite", "returned": "default", "uniqueness": "none",
              "subAttributes": [%s, %s, %s]},
             %s],
           "meta": {"resourceType": "Schema",
                    "location": "/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"}}
          """
              .formatted(
                  attribute("userName", "string", true, false, "server"),
                  attribute("externalId", "string", false, true, "server"),
                  attribute("displayName", "string", false, false, "none"),
                  attribute("formatted", "string", false, false, "none"),
                  attribute("givenName", "string", false, false, "none"),
                  attribute("familyName", "string", false, false, "none"),
                  attribute("value", "string", false, false, "none"),
                  attribute("type", "string", false, false, "none"),
                  attribute("primary", "boolean", false, false, "none"),
                  attribute("active", "boolean", false, false, "none")));

  @GET
  @Path("/ServiceProviderConfig")
  public Response configuration() {
    return ScimResponses.json(200, CONFIGURATION).build();
  }

  @GET
  @Path("/ResourceTypes")
  public Response resourceTypes(@QueryParam("filter") @Nullable String filter) {
    return list(USER_TYPE, filter);
  }

  @GET
  @Path("/ResourceTypes/{id}")
  public Response resourceType(@PathParam("id") String id) {
    return one(USER_TYPE, id);
  }

  @GET
  @Path("/Schemas")
  public Response schemas(@QueryParam("filter") @Nullable String filter) {
    return list(USER_SCHEMA, filter);
  }

  @GET
  @Path("/Schemas/{id}")
  public Response schema(@PathParam("id") String id) {
    return one(USER_SCHEMA, id);
  }

  /// RFC 7644, section 4, requires 403 for a filter.
  private static Response list(JsonNode resource, @Nullable String filter) {
    if (filter != null) {
      ErrorResponse error = new ErrorResponse(403);
      error.setDetail("Filters are not supported here");
      return ScimResponses.json(403, error).build();
    }
    ArrayNode resources = JsonUtils.getJsonNodeFactory().arrayNode().add(resource);
    return ScimResponses.json(
            200,
            JsonUtils.getJsonNodeFactory()
                .objectNode()
                .put("totalResults", 1)
                .put("itemsPerPage", 1)
                .put("startIndex", 1)
                .<ObjectNode>set("Resources", resources)
                .set(
                    "schemas",
                    JsonUtils.getJsonNodeFactory()
                        .arrayNode()
                        .add("urn:ietf:params:scim:api:messages:2.0:ListResponse")))
        .build();
  }

  private static Response one(JsonNode resource, String id) {
    if (resource.path("id").asText().equalsIgnoreCase(id)) {
      return ScimResponses.json(200, resource).build();
    }
    ErrorResponse error = new ScimException(404, null, "Unknown id").getScimError();
    return ScimResponses.json(404, error).build();
  }

  private static String attribute(
      String name, String type, boolean required, boolean caseExact, String uniqueness) {
    return """
    {"name": "%s", "type": "%s", "multiValued": false, "required": %s, "caseExact": %s,
     "description": "%s", "mutability": "readWrite", "returned": "default", "uniqueness": "%s"}
    """
        .formatted(name, type, required, caseExact, name, uniqueness);
  }

  private static JsonNode json(String text) {
    try {
      return JsonUtils.getObjectReader().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
