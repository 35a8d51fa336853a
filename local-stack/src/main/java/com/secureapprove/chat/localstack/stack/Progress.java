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

  /// A part answers, or one of its instances.
  ///
  /// @param name the part's label, or the instance's name
  /// @param took since it was started
  void ready(String name, String address, Duration took);

  /// Something else that people may want to know.
  void note(String line);
}
