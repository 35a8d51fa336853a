package com.secureapprove.chat.message;

import java.util.Map;

/// The stores of [MessageStores] with every statement on its generic plan, as it runs after its
/// fifth use on a connection. A generic plan knows no parameters, only averages, so it is the worst
/// that PostgreSQL may choose.
public class GenericPlanStores extends MessageStores {
  @Override
  public Map<String, String> start() {
    Map<String, String> settings = super.start();
    settings.put(
        "quarkus.datasource.jdbc.additional-jdbc-properties.options",
        "-c plan_cache_mode=force_generic_plan -c statement_timeout=10s");
    return settings;
  }
}
