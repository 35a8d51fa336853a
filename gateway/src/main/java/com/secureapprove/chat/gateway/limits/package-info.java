/// Limits on clients: how much one person may do per minute ([RateLimits]) and at the same time.
///
/// Rates are counted in Redis for all gateways together, permits at each gateway. [Permits] count
/// for each key, such as the connections of a person. [FairPermits] are one pool that tenants and
/// people share. A [com.secureapprove.chat.platform.limits.TokenBucket] is a local rate, such as
/// the frames of a connection. This package never answers requests and knows no routes.
@NullMarked
package com.secureapprove.chat.gateway.limits;

import org.jspecify.annotations.NullMarked;
