/// The way of a REST call: who calls, whether it may change something, which service answers it,
/// and what is passed on in which direction.
///
/// Bodies are streamed. Nothing that a client sends can pass for what the gateway says of it.
@NullMarked
package com.secureapprove.chat.gateway.routing;

import org.jspecify.annotations.NullMarked;
