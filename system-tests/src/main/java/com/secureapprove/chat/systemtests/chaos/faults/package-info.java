/// What is done to a running suite, and what is undone again.
@NullMarked
package com.secureapprove.chat.systemtests.chaos.faults;

import org.jspecify.annotations.NullMarked;
