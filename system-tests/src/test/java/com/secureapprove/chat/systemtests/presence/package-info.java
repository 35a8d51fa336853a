/// Who hears of whom that they came or went.
@NullMarked
package com.secureapprove.chat.systemtests.presence;

import org.jspecify.annotations.NullMarked;
