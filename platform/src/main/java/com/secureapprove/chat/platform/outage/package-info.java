/// How components wait while a dependency fails, and how they name the reason in logs.
@NullMarked
package com.secureapprove.chat.platform.outage;

import org.jspecify.annotations.NullMarked;
