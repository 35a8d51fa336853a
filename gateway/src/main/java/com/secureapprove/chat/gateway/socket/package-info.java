/// The WebSocket endpoint: who may open a connection, and what is done with what clients say on it.
@NullMarked
package com.secureapprove.chat.gateway.socket;

import org.jspecify.annotations.NullMarked;
