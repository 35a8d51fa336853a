package com.secureapprove.chat.benchmark.workload;

import java.util.List;

/// All workloads, in the order in which a run measures them. Those that restart or fill the stack
/// come late.
public final class Catalogue {
  private static final List<Workload> ALL =
      List.of(
          new OneToOne(),
          new FixedRate(),
          new ManyTenants(),
          new LargeGroup(),
          new IdleConnections(),
          new Reconnection(),
          new Reading(),
          new FileTransfer(),
          new ActionMix(),
          new Soak(),
          new Growth(),
          new ColdStart(),
          new ScaleOut());

  private Catalogue() {}

  /// All workloads.
  public static List<Workload> all() {
    return ALL;
  }
}
