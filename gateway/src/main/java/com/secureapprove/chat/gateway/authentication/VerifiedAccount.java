package com.secureapprove.chat.gateway.authentication;

import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// An account at an issuer with a verified credential. The directory has not been asked for its
/// person.
///
/// @param token the verified access token, or the ID token of a session
public record VerifiedAccount(
    Issuer issuer, JsonWebToken token, SecurityIdentity identity, Credential credential) {}
