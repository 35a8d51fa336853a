package com.secureapprove.chat.notification.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Distinguishes public addresses from those of this machine, of the installation and of special
/// use, by the registries of IANA. An IPv4 address inside of an IPv6 address is judged as IPv4 or
/// refused with its prefix.
final class PublicAddresses {
  private static final List<Network> SPECIAL_IPV4 =
      networks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /// All global unicast addresses. Loopback, mapped, NAT64, unique local, link-local and multicast
  /// addresses are outside.
  private static final Network GLOBAL_IPV6 = Network.of("2000::/3");

  /// Protocol assignments with Teredo, documentation, 6to4, and segment routing.
  private static final List<Network> SPECIAL_IPV6 =
      networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16");

  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    if (address instanceof Inet4Address) {
      return SPECIAL_IPV4.stream().noneMatch(network -> network.contains(address));
    }
    return GLOBAL_IPV6.contains(address)
        && SPECIAL_IPV6.stream().noneMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::of).toList();
  }
}
