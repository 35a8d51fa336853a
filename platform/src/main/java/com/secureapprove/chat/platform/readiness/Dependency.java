package com.secureapprove.chat.platform.readiness;

/// Something that a component needs, such as a database. Each implementation is a bean.
public interface Dependency {

  /// Its name in logs and in the readiness response, for example `redis`.
  String name();

  /// Uses the dependency once, with the configured address and credentials. Blocks for a bounded
  /// time. Called repeatedly until it succeeds, by one thread.
  ///
  /// @throws Exception if the dependency is unreachable or rejects the configuration
  void probe() throws Exception;
}
