package com.secureapprove.chat.notification.outbound;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Decides which URLs may be called.
@Singleton
public class Targets {
  private static final int MAX_LENGTH = 2_000;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

  private final OutboundConfig config;
  private final List<Network> allowed;
  private final List<Network> denied;

  Targets(OutboundConfig config) {
    this.config = config;
    this.allowed = networks(config.allowedNetworks());
    this.denied = networks(config.deniedNetworks());
  }

  private static List<Network> networks(Optional<List<String>> texts) {
    return texts.orElse(List.of()).stream().map(Network::of).toList();
  }

  /// Parses a URL and checks its form, without resolving its name.
  ///
  /// @throws RefusedTarget if its form is wrong, or if its scheme is not allowed
  public URI parse(String text) throws RefusedTarget {
    URI target;
    try {
      target = new URI(text);
    } catch (URISyntaxException _) {
      throw new RefusedTarget("must be a URL");
    }
    if (text.length() > MAX_LENGTH) {
      throw new RefusedTarget("must be at most " + MAX_LENGTH + " characters");
    }
    boolean http = "http".equals(target.getScheme()) && config.allowHttp();
    if (!http && !"https".equals(target.getScheme())) {
      throw new RefusedTarget("must begin with https://");
    }
    if (target.getHost() == null || target.getPort() == 0 || target.getPort() > 65_535) {
      throw new RefusedTarget("must have a host name");
    }
    if (NUMERIC.matcher(target.getHost()).matches() && !isCanonical(target.getHost())) {
      throw new RefusedTarget("must have an address in the usual notation");
    }
    if (target.getRawUserInfo() != null || target.getRawFragment() != null) {
      throw new RefusedTarget("must have neither user nor fragment");
    }
    if (!text.chars().allMatch(character -> character > ' ' && character < 127)) {
      throw new RefusedTarget("must be ASCII");
    }
    return target;
  }

  /// Programs read `0177.0.0.1` and `127.1` differently.
  private static boolean isCanonical(String address) {
    try {
      return InetAddress.ofLiteral(address).getHostAddress().equals(address);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// Resolves the name of a URL once. All of its addresses must be public, so that the choice of
  /// one does not depend on luck. Blocks for at most `chat.outbound.resolve-within`.
  ///
  /// @throws RefusedTarget if the name is unknown or has an address that is not public
  public InetAddress resolve(URI target) throws RefusedTarget {
    List<InetAddress> addresses = addresses(target.getHost());
    for (InetAddress address : addresses) {
      if (!isAllowed(address)) {
        throw new RefusedTarget("must have a public address");
      }
    }
    return addresses.getFirst();
  }

  private boolean isAllowed(InetAddress address) {
    return denied.stream().noneMatch(network -> network.contains(address))
        && (PublicAddresses.contain(address)
            || allowed.stream().anyMatch(network -> network.contains(address)));
  }

  private List<InetAddress> addresses(String host) throws RefusedTarget {
    CompletableFuture<List<InetAddress>> lookup = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("resolve")
        .start(() -> {
          try {
            lookup.complete(Arrays.asList(InetAddress.getAllByName(host)));
          } catch (UnknownHostException e) {
            lookup.completeExceptionally(e);
          }
        });
    try {
      return lookup.get(config.resolveWithin().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      throw new RefusedTarget("must have a known host name");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new RefusedTarget("could not be resolved");
    }
  }

  static int port(URI target) {
    if (target.getPort() > 0) {
      return target.getPort();
    }
    return "https".equals(target.getScheme()) ? HTTPS_PORT : HTTP_PORT;
  }
}
