package com.secureapprove.chat.notification.outbound;

import java.net.InetAddress;

/// A range of IP addresses in the notation `10.0.0.0/8`.
record Network(InetAddress base, int bits) {

  /// @throws IllegalArgumentException if the text is no network
  static Network of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(text + " has no prefix length");
    }
    InetAddress base = InetAddress.ofLiteral(text.substring(0, slash));
    int bits = Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > base.getAddress().length * 8) {
      throw new IllegalArgumentException(text + " has a wrong prefix length");
    }
    return new Network(base, bits);
  }

  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
