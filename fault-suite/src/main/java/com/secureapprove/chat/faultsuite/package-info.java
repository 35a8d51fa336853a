/// The fault suite `./chat chaos`: clients use a real stack while faults are injected. Then a
/// checker compares everything that they received with the guarantees. Never runs against a shared
/// stack.
@NullMarked
package com.secureapprove.chat.faultsuite;

import org.jspecify.annotations.NullMarked;
