/// Readiness of a component: it is ready after each of its dependencies has answered once. Never
/// makes a component unready again because a dependency fails later.
@NullMarked
package com.secureapprove.chat.platform.readiness;

import org.jspecify.annotations.NullMarked;
