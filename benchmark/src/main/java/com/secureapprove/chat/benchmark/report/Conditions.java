package com.secureapprove.chat.benchmark.report;

/// How disturbed the machine was while a workload ran.
///
/// @param id the workload
/// @param load the load average over the last minute, when the workload ended; includes its own
/// @param stealPercent the share of CPU time that the hypervisor gave to others; 0 if unknown
/// @param seconds how long the workload took, with its preparation
public record Conditions(String id, double load, double stealPercent, double seconds) {}
