/// Redis as every part uses it: functions that must read and write as one step, whichever replica
/// asks, and channels that are heard again after every interruption.
@NullMarked
package com.secureapprove.chat.platform.redis;

import org.jspecify.annotations.NullMarked;
