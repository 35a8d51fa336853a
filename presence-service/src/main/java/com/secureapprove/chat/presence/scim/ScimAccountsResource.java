package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.secureapprove.chat.presence.directory.Directory;
import com.secureapprove.chat.presence.directory.LinkedAccounts;
import com.secureapprove.chat.presence.directory.Person;
import com.secureapprove.chat.presence.directory.SignInLink;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// The accounts with which a person signs in. This extends SCIM: an administrator unlinks an
/// account that was made again at the issuer.
@Path("/scim/v2/Users/{id}/Accounts")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class ScimAccountsResource {
  private final Directory directory;
  private final LinkedAccounts accounts;

  ScimAccountsResource(Directory directory, LinkedAccounts accounts) {
    this.directory = directory;
    this.accounts = accounts;
  }

  @GET
  public Response list(@PathParam("id") String id) {
    return ScimResponses.inTransaction(() -> {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (SignInLink link : accounts.of(ScimUsersResource.existing(id))) {
        list.addObject()
            .put("issuer", link.issuer)
            .put("subject", link.subject)
            .put("linkedAt", link.linkedAt.toString());
      }
      return ScimResponses.json(200, JsonNodeFactory.instance.objectNode().set("accounts", list))
          .build();
    });
  }

  @DELETE
  public Response unlink(
      @PathParam("id") String id, @QueryParam("issuer") @Nullable String issuer) {
    return ScimResponses.inTransaction(() -> {
      directory.lock();
      Person person = ScimUsersResource.existing(id);
      return unlinked(accounts.unlink(person, issuer));
    });
  }

  static Response unlinked(int count) {
    return ScimResponses.json(200, JsonNodeFactory.instance.objectNode().put("unlinked", count))
        .build();
  }
}
