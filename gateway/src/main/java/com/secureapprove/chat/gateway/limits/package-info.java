/// Limits on clients: how much one person may do per minute ([RateLimits]) and at the same time
/// ([Permits]).
///
/// Rates are counted in Redis for all gateways together, permits at each gateway. This package
/// never answers requests and knows no routes.
@NullMarked
package com.secureapprove.chat.gateway.limits;

import org.jspecify.annotations.NullMarked;
