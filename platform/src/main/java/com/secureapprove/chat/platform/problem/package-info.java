/// Error responses: each one is `application/problem+json` of a known type.
@NullMarked
package com.secureapprove.chat.platform.problem;

import org.jspecify.annotations.NullMarked;
