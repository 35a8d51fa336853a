package com.secureapprove.chat.presence.directory;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.TenantId;

/// Links an account, which is an issuer and a subject, to a person of the directory.
@Entity
@Table(name = "sign_in_link")
@IdClass(SignInLink.Key.class)
public class SignInLink extends PanacheEntityBase {
  @TenantId public String tenant;
  @Id public String issuer;
  @Id public String subject;
  public String personId;
  public Instant linkedAt;

  /// The primary key within a tenant.
  public record Key(String issuer, String subject) implements Serializable {}

  static boolean linksPerson(String issuer, String personId) {
    return count("issuer = ?1 and personId = ?2", issuer, personId) > 0;
  }

  static List<SignInLink> ofPerson(String personId) {
    return list("personId = ?1 order by issuer, subject", personId);
  }

  static List<SignInLink> ofIssuer(String issuer) {
    return list("issuer = ?1 order by subject", issuer);
  }
}
