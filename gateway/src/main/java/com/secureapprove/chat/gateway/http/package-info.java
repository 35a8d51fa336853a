/// What all HTTP responses of the gateway share: problems as `application/problem+json`, security
/// headers, CORS, trace ids, and the order of routes.
///
/// This package never authenticates and knows no endpoint.
@NullMarked
package com.secureapprove.chat.gateway.http;

import org.jspecify.annotations.NullMarked;
