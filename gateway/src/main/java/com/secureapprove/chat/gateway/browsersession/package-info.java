/// Browser sessions: their cookies, how long their connections may stay open, and which sessions
/// were revoked before their cookies expired. Redis shares this state among all gateways.
///
/// Knows neither issuers nor people; it never verifies a token.
@NullMarked
package com.secureapprove.chat.gateway.browsersession;

import org.jspecify.annotations.NullMarked;
