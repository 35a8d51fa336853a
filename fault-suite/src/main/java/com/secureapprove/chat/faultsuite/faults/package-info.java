/// Injects faults into a running stack and ends them. Knows nothing of clients or of guarantees.
@NullMarked
package com.secureapprove.chat.faultsuite.faults;

import org.jspecify.annotations.NullMarked;
