/// The fault suite: clients use a real stack while its processes are killed, paused and
/// disconnected. Then everything that they received is checked against the guarantees.
@NullMarked
package com.secureapprove.chat.faultsuite;

import org.jspecify.annotations.NullMarked;
