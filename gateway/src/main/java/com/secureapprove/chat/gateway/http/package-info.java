/// What every answer of the gateway has in common: problems as `application/problem+json`, and the
/// headers that keep browsers and caches from doing harm.
@NullMarked
package com.secureapprove.chat.gateway.http;

import org.jspecify.annotations.NullMarked;
