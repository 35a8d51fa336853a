/// How people prove who they are: one OpenID Connect issuer per organisation, by bearer token or by
/// a session cookie, and the CSRF token that a cookie needs beside it.
///
/// The tenant follows from the verified token alone. Nothing here knows our own directory of
/// people.
@NullMarked
package com.secureapprove.chat.gateway.authentication;

import org.jspecify.annotations.NullMarked;
