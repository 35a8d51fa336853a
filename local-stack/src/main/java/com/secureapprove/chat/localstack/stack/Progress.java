package com.secureapprove.chat.localstack.stack;

import java.time.Duration;

/// Receives the progress of a starting stack, from several threads.
public interface Progress {

  /// Ignores progress.
  Progress SILENT =
      new Progress() {
        @Override
        public void ready(String name, String address, Duration took) {}

        @Override
        public void note(String line) {}
      };

  /// A component, or one of its instances, is ready.
  ///
  /// @param name the component's label, or the instance's name
  /// @param took the time since its start
  void ready(String name, String address, Duration took);

  /// Other progress information.
  void note(String line);
}
