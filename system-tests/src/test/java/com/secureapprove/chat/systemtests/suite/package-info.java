/// The whole suite, started once for all system tests of a run, and the people who use it from the
/// outside: over REST and WebSocket through the gateway. Nothing here looks into a part.
@NullMarked
package com.secureapprove.chat.systemtests.suite;

import org.jspecify.annotations.NullMarked;
