package com.secureapprove.chat.gateway.authentication;

import org.jspecify.annotations.Nullable;

/// What an issuer's logout token says: which session ended, or that all of an account did.
///
/// @param token the token's own name, by which a repeat is told
public record LogoutClaims(@Nullable String session, @Nullable String account, String token) {}
