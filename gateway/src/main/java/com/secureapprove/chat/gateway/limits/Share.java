package com.secureapprove.chat.gateway.limits;

/// Whom load belongs to: a person of a tenant, or a whole tenant.
///
/// @param person the person's id; empty for calls that the gateway makes for all people of a tenant
public record Share(String tenant, String person) {
  private static final String ALL = "";

  public static Share ofTenant(String tenant) {
    return new Share(tenant, ALL);
  }

  boolean isWholeTenant() {
    return person.equals(ALL);
  }
}
