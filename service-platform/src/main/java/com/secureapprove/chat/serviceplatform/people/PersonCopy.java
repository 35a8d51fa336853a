package com.secureapprove.chat.serviceplatform.people;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.TenantId;

/// A copy of a person of presence-service's directory, for queries of a service that has the table
/// `person`. [KnownPeople] writes it.
@Entity
@Table(name = "person")
public class PersonCopy {
  @Id public String id;
  @TenantId public String tenant;
  public String name;
  public String email;
  public boolean active;
  public long version;
}
