package com.secureapprove.chat.serviceplatform.database;

import com.secureapprove.chat.platform.identity.Caller;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.RequestScoped;

/// Gives Hibernate the tenant that every entity is filtered and stamped by.
@RequestScoped
@PersistenceUnitExtension
class TenantDiscriminator implements TenantResolver {
  private final Caller caller;

  TenantDiscriminator(Caller caller) {
    this.caller = caller;
  }

  @Override
  public String getDefaultTenantId() {
    return "";
  }

  @Override
  public String resolveTenantId() {
    return caller.tenantIfAny().orElse("");
  }
}
