package com.secureapprove.chat.gateway.authentication;

import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// An account at an issuer whose credentials were verified; not yet a person of ours.
///
/// @param token the verified access token, or the ID token of a session
public record VerifiedAccount(
    Issuer issuer, JsonWebToken token, SecurityIdentity identity, Caller.Credential credential) {}
