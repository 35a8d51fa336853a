/// Calls to other services: their internal tokens, their limits, and one problem for all failures.
/// Knows no endpoint.
@NullMarked
package com.secureapprove.chat.serviceplatform.calls;

import org.jspecify.annotations.NullMarked;
