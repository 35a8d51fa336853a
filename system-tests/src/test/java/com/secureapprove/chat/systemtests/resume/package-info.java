/// Reconnecting clients get exactly what they missed, or a resync.
@NullMarked
package com.secureapprove.chat.systemtests.resume;

import org.jspecify.annotations.NullMarked;
