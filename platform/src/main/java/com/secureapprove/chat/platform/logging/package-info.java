/// The fields that log lines of one request share.
@NullMarked
package com.secureapprove.chat.platform.logging;

import org.jspecify.annotations.NullMarked;
