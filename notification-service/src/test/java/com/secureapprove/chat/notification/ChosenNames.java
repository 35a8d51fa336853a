package com.secureapprove.chat.notification;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The resolver of the tests' JVM. Names below `chat.test` resolve to chosen addresses, one answer
/// after the other; the last one is repeated. All other names resolve as usual.
///
/// The JVM and the application under test load this class separately, so answers are passed by
/// system properties.
public final class ChosenNames extends InetAddressResolverProvider {
  private static final String SUFFIX = ".chat.test";
  private static final String ANSWERS = "chosen.answers.";
  private static final String LOOKUPS = "chosen.lookups.";

  private static final Map<String, Deque<String>> LEFT = new ConcurrentHashMap<>();

  /// Sets the answers of a name.
  ///
  /// @param answers each a list of addresses, separated by spaces
  public static void answer(String name, String... answers) {
    System.setProperty(ANSWERS + name, String.join(",", answers));
  }

  /// How often a name was looked up.
  public static int lookups(String name) {
    return Integer.getInteger(LOOKUPS + name, 0);
  }

  @Override
  public String name() {
    return "chosen names";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return host.endsWith(SUFFIX) ? chosen(host).stream() : builtin.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtin.lookupByAddress(address);
      }
    };
  }

  private static synchronized java.util.List<InetAddress> chosen(String host)
      throws UnknownHostException {
    String answers = System.getProperty(ANSWERS + host);
    if (answers == null) {
      throw new UnknownHostException(host);
    }
    System.setProperty(LOOKUPS + host, Integer.toString(lookups(host) + 1));
    Deque<String> left =
        LEFT.computeIfAbsent(host, _ -> new ArrayDeque<>(java.util.List.of(answers.split(","))));
    String answer = left.size() > 1 ? left.removeFirst() : left.getFirst();
    return Stream.of(answer.split(" "))
        .map(InetAddress::ofLiteral)
        .map(literal -> named(host, literal))
        .toList();
  }

  private static InetAddress named(String host, InetAddress literal) {
    try {
      return InetAddress.getByAddress(host, literal.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
