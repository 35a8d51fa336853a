package com.secureapprove.chat.gateway.socket;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Hands over who arrived from the [UpgradeAuthenticator] to the [ChatSocket]: both work on the
/// context of the same request. Nobody gets in past the entrance.
@Singleton
class UpgradeGate implements HttpUpgradeCheck {
  /// Where the socket finds who arrived.
  static final TypedKey<Handshake> HANDSHAKE = new TypedKey<>("handshake");

  private static final int FORBIDDEN = 403;

  /// Leaves who arrived for the upgrade that follows on this request.
  static void leave(Handshake handshake) {
    ContextLocals.put(HANDSHAKE.value(), handshake);
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
    Optional<Handshake> handshake = ContextLocals.get(HANDSHAKE.value());
    if (handshake.isEmpty()) {
      return CheckResult.rejectUpgrade(FORBIDDEN);
    }
    upgrade.userData().put(HANDSHAKE, handshake.get());
    return CheckResult.permitUpgrade();
  }
}
