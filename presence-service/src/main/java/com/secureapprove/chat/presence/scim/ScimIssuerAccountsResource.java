package com.secureapprove.chat.presence.scim;

import com.secureapprove.chat.presence.directory.Directory;
import com.secureapprove.chat.presence.directory.LinkedAccounts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// The accounts of a whole issuer. This extends SCIM: an administrator unlinks all accounts of an
/// issuer that was migrated and gives its accounts new subjects.
@Path("/scim/v2/Accounts")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class ScimIssuerAccountsResource {
  private final Directory directory;
  private final LinkedAccounts accounts;

  ScimIssuerAccountsResource(Directory directory, LinkedAccounts accounts) {
    this.directory = directory;
    this.accounts = accounts;
  }

  /// Unlinks all accounts of an issuer.
  @DELETE
  public Response unlinkAll(@QueryParam("issuer") @Nullable String issuer) {
    return ScimResponses.inTransaction(() -> {
      if (issuer == null || issuer.isBlank()) {
        throw ScimValues.invalid("issuer must be given");
      }
      directory.lock();
      return ScimAccountsResource.unlinked(accounts.unlinkAll(issuer));
    });
  }
}
