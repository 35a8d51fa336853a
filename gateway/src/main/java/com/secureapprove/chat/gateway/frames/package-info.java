/// The frames of the WebSocket: what clients may say, read strictly, and what we say, encoded once
/// for however many sessions it goes to.
@NullMarked
package com.secureapprove.chat.gateway.frames;

import org.jspecify.annotations.NullMarked;
