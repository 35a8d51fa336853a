/// Fault injection into a running suite, and its end.
@NullMarked
package com.secureapprove.chat.faultsuite.faults;

import org.jspecify.annotations.NullMarked;
