/// The packaged suite with stores as installations run them: behind pgbouncer, with TLS, and with
/// Sentinel. These tests need programs of the system and take a minute each, so they run only by
/// name.
@NullMarked
package com.secureapprove.chat.systemtests.stores;

import org.jspecify.annotations.NullMarked;
