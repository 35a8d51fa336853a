/// Two people exchange messages, and no other person receives them.
@NullMarked
package com.secureapprove.chat.systemtests.talking;

import org.jspecify.annotations.NullMarked;
