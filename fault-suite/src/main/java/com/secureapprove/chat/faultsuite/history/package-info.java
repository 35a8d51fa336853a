/// The history of a run and its checker. Compares observations of clients with the final state.
/// Never calls the stack.
@NullMarked
package com.secureapprove.chat.faultsuite.history;

import org.jspecify.annotations.NullMarked;
