/// Reconnecting clients get exactly the missed events, or a resync.
@NullMarked
package com.secureapprove.chat.systemtests.resume;

import org.jspecify.annotations.NullMarked;
