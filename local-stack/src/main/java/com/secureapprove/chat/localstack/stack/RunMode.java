package com.secureapprove.chat.localstack.stack;

/// How the processes of the services and the gateway run.
public enum RunMode {
  /// On a small JVM that starts fast and uses only the first JIT compiler. The default.
  SMALL_JVM,
  /// On a JVM with the options and the memory limit of the container images.
  IMAGE_JVM,
  /// As the native executables that lie in `target` of each module. Nothing builds them here.
  NATIVE
}
