/// Shared by the tests of presence-service: real stores, and calls like those of other components.
@NullMarked
package com.secureapprove.chat.presence;

import org.jspecify.annotations.NullMarked;
