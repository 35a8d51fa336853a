package com.secureapprove.chat.gateway.socket;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Passes the result of the handshake from the [UpgradeAuthenticator] to the [ChatSocket]. Both run
/// in the context of the same request. Rejects upgrades that were not authenticated.
@Singleton
class UpgradeGate implements HttpUpgradeCheck {
  /// The key of the handshake in the user data of the socket.
  static final TypedKey<Handshake> HANDSHAKE = new TypedKey<>("handshake");

  private static final int FORBIDDEN = 403;

  /// Stores the handshake for the upgrade that follows on this request.
  static void store(Handshake handshake) {
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
