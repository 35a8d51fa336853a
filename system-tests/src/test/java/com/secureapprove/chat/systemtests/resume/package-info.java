/// Clients that were away: they are given exactly what they missed, or told to reload.
@NullMarked
package com.secureapprove.chat.systemtests.resume;

import org.jspecify.annotations.NullMarked;
