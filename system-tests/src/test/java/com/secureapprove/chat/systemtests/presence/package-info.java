/// Who receives which presence changes.
@NullMarked
package com.secureapprove.chat.systemtests.presence;

import org.jspecify.annotations.NullMarked;
