/// A WebSocket client for tests. It knows neither the frames of the chat nor its authentication.
@NullMarked
package com.secureapprove.chat.testsupport.websocket;

import org.jspecify.annotations.NullMarked;
