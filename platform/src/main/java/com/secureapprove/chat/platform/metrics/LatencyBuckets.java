package com.secureapprove.chat.platform.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/// The buckets of all latency histograms. Summaries of replicas cannot be added up; histograms with
/// the same few buckets can.
public final class LatencyBuckets {
  private static final Duration[] VALUES = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  /// The upper bounds, ascending.
  @SuppressWarnings("MutablePublicArray") // Micrometer takes an array
  public static final Duration[] DURATIONS = VALUES;

  private static final Set<String> TIMERS = Set.of("http.server.requests", "http.client.requests");

  private LatencyBuckets() {}

  /// Makes histograms of the timers of HTTP requests and calls.
  static final class OfHttp {
    @Produces
    @Singleton
    MeterFilter histograms() {
      double[] bounds = Stream.of(VALUES).mapToDouble(Duration::toNanos).toArray();
      return new MeterFilter() {
        @Override
        public DistributionStatisticConfig configure(
            Meter.Id id, DistributionStatisticConfig config) {
          return TIMERS.contains(id.getName())
              ? DistributionStatisticConfig.builder()
                  .serviceLevelObjectives(bounds)
                  .build()
                  .merge(config)
              : config;
        }
      };
    }
  }
}
