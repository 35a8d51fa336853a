package com.secureapprove.chat.conversation.membership;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.TenantId;

/// A copy of a person of presence-service's directory, kept current by events.
@Entity
@Table(name = "person")
public class PersonCopy extends PanacheEntityBase {
  @Id public String id;
  @TenantId public String tenant;
  public String name;
  public String email;
  public boolean active;
  public long version;
}
