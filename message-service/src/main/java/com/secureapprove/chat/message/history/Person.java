package com.secureapprove.chat.message.history;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.TenantId;

/// A copy of a directory entry, kept by `user_upserted` events.
@Entity
public class Person extends PanacheEntityBase {
  @Id public String id;
  @TenantId public String tenant;
  public String name;
  public String email;
  public boolean active;
  public long version;
}
