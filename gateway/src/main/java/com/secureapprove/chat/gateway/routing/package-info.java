/// Routes REST calls: authentication, CSRF check, rate limit, and forwarding to the service that
/// responds. Bodies are streamed.
///
/// Only allowlisted headers of a client reach a service, so a client cannot forge what the gateway
/// asserts. This package never stores anything.
@NullMarked
package com.secureapprove.chat.gateway.routing;

import org.jspecify.annotations.NullMarked;
