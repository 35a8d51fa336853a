/// What the tests of presence-service share: real stores, and calls as other parts make them.
@NullMarked
package com.secureapprove.chat.presence;

import org.jspecify.annotations.NullMarked;
