/// Two people talk, and nobody else receives it.
@NullMarked
package com.secureapprove.chat.systemtests.talking;

import org.jspecify.annotations.NullMarked;
