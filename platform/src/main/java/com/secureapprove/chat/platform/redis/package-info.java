/// Redis as all components use it: functions that read and write atomically, and subscriptions that
/// survive interruptions.
@NullMarked
package com.secureapprove.chat.platform.redis;

import org.jspecify.annotations.NullMarked;
