package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.platform.identity.Principal;

/// An authenticated caller: a person of the directory, or a service client.
///
/// @param person the person as the directory knows them, with the roles of their token
public record AuthenticatedCaller(String tenant, Principal person, Credential credential) {

  /// To whom the load of this caller's requests belongs.
  public Share share() {
    return new Share(tenant, person.userId());
  }
}
