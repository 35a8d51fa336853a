package com.secureapprove.chat.faultsuite.clients;

import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;

/// The addresses of the gateways. Clients choose a random one.
public record Endpoints(List<URI> addresses) {

  public Endpoints {
    addresses = List.copyOf(addresses);
  }

  URI any(RandomGenerator random) {
    return addresses.get(random.nextInt(addresses.size()));
  }
}
