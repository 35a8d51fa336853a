package com.secureapprove.chat.presence.directory;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.TenantId;

/// An account that an administrator has unlinked from its person.
@Entity
@Table(name = "unlinked_account")
@IdClass(SignInLink.Key.class)
class UnlinkedAccount extends PanacheEntityBase {
  @TenantId public String tenant;
  @Id public String issuer;
  @Id public String subject;
  public Instant unlinkedAt;

  static boolean isLaterThan(String issuer, String subject, Instant time) {
    return count("issuer = ?1 and subject = ?2 and unlinkedAt > ?3", issuer, subject, time) > 0;
  }
}
