package com.secureapprove.chat.gateway.socket;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Hands over who arrived from the [Entrance] to the [ChatSocket]: both work on the context of the
/// same request. Nobody gets in past the entrance.
@Singleton
class Handover implements HttpUpgradeCheck {
  /// Where the socket finds who arrived.
  static final TypedKey<Arrival> ARRIVAL = new TypedKey<>("arrival");

  private static final int FORBIDDEN = 403;

  /// Leaves who arrived for the upgrade that follows on this request.
  static void leave(Arrival arrival) {
    ContextLocals.put(ARRIVAL.value(), arrival);
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
    Optional<Arrival> arrival = ContextLocals.get(ARRIVAL.value());
    if (arrival.isEmpty()) {
      return CheckResult.rejectUpgrade(FORBIDDEN);
    }
    upgrade.userData().put(ARRIVAL, arrival.get());
    return CheckResult.permitUpgrade();
  }
}
