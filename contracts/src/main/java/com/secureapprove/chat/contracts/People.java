package com.secureapprove.chat.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// People of one tenant's directory.
public record People(List<Person> people) {

  /// @param id our own opaque identifier, the same in REST, frames and SCIM
  /// @param version grows with every change of the person
  public record Person(String id, String name, String email, boolean active, long version) {}

  /// People to be created or updated.
  public record Upsert(List<Entry> people) {}

  /// @param externalId the identity provider's stable identifier, if it gives one
  /// @param userName unique in the tenant
  public record Entry(
      @Nullable String externalId, String userName, String name, String email, boolean active) {}

  /// How many of a tenant's people are active.
  public record Count(long active) {}

  /// An account that a tenant's issuer has verified, to be linked to a person.
  ///
  /// @param directoryValue the value of the configured claim; must equal a person's `externalId` or
  ///   `userName`
  public record SignIn(
      String issuer,
      String subject,
      @Nullable String directoryValue,
      @Nullable String email,
      boolean emailVerified,
      @Nullable String name) {}
}
