package com.secureapprove.chat.faultsuite.clients;

import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;

/// The addresses at which gateways can be reached. Clients take any.
public record Doors(List<URI> addresses) {

  public Doors {
    addresses = List.copyOf(addresses);
  }

  URI any(RandomGenerator random) {
    return addresses.get(random.nextInt(addresses.size()));
  }
}
