/// The clients of a fault run: they repeat sends until they are acknowledged, resume after a
/// reconnect, and record everything they receive.
@NullMarked
package com.secureapprove.chat.faultsuite.clients;

import org.jspecify.annotations.NullMarked;
