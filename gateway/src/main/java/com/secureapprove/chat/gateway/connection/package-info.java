/// One client's WebSocket: its life from the upgrade to the close, what is written to it and how
/// much may wait.
///
/// Knows neither what frames mean nor who else should get them.
@NullMarked
package com.secureapprove.chat.gateway.connection;

import org.jspecify.annotations.NullMarked;
