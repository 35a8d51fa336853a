package com.secureapprove.chat.gateway.connection;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/// How a gateway that stops takes leave of its clients.
@ConfigMapping(prefix = "chat.draining")
interface DrainingConfig {

  /// Over which time the sockets are closed, so that those who come back do not come all at once.
  Duration over();

  /// How long a socket may still wait for answers when its turn has come.
  Duration answersWithin();

  /// How long requests may still take when all sockets are closed.
  Duration requestsWithin();
}
