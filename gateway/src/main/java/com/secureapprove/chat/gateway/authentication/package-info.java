/// Authenticates callers: OpenID Connect issuers, access tokens, session cookies, CSRF tokens and
/// the person of the directory behind each account.
///
/// The tenant comes from the verified token alone. This package never answers API requests and
/// never stores people: presence-service owns the directory.
@NullMarked
package com.secureapprove.chat.gateway.authentication;

import org.jspecify.annotations.NullMarked;
