/// Rate limits within one process. Knows no client and no setting.
@NullMarked
package com.secureapprove.chat.platform.limits;

import org.jspecify.annotations.NullMarked;
