/// What clients saw during a run, and the checks that it has to pass. Knows nothing of how it came
/// about.
@NullMarked
package com.secureapprove.chat.faultsuite.history;

import org.jspecify.annotations.NullMarked;
