package com.secureapprove.chat.platform.events;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/// New identifiers: UUID version 7, so that rows created together are stored together.
public final class TimeOrderedIds {
  private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  private TimeOrderedIds() {}

  /// A new identifier; later ones of this process sort after it. Thread-safe.
  public static UUID next() {
    return GENERATOR.generate();
  }
}
