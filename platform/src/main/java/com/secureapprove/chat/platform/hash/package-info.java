/// The one hash function of the suite.
@NullMarked
package com.secureapprove.chat.platform.hash;

import org.jspecify.annotations.NullMarked;
