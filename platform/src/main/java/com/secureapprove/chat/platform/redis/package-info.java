/// What runs inside Redis: functions that must read and write as one step, whichever replica asks.
@NullMarked
package com.secureapprove.chat.platform.redis;

import org.jspecify.annotations.NullMarked;
