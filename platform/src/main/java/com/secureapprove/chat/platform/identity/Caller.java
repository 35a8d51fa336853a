package com.secureapprove.chat.platform.identity;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext;
import io.quarkus.arc.ManagedContext;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The tenant and the user of the present work: from the verified token of a request, or the tenant
/// of the event that is being applied.
@RequestScoped
public class Caller {
  static final String TENANT = "chat.tenant";
  static final String PART = "chat.part";
  static final String USER = "chat.user";

  private final Instance<CurrentIdentityAssociation> identities;
  private @Nullable String assumedTenant;

  Caller(Instance<CurrentIdentityAssociation> identities) {
    this.identities = identities;
  }

  /// The tenant. Work on data always has one.
  ///
  /// @throws ProblemException 401 without a tenant
  public String tenant() {
    return tenantIfAny()
        .orElseThrow(() -> new ProblemException(Problem.UNAUTHENTICATED, "No tenant"));
  }

  /// The tenant, if there is one.
  public Optional<String> tenantIfAny() {
    return assumedTenant == null ? attribute(TENANT) : Optional.of(assumedTenant);
  }

  /// The person or client on whose behalf a component calls.
  ///
  /// @throws ProblemException 403 if the component calls for itself
  public Principal user() {
    return this.<Principal>attribute(USER)
        .orElseThrow(
            () -> new ProblemException(Problem.FORBIDDEN, "Only a person or a client may do this"));
  }

  /// Who makes a change, for the audit log: the id of the person or client, else the calling
  /// component. The gateway calls for the provisioning client of a tenant. `event` while an event
  /// is applied.
  public String actor() {
    if (assumedTenant != null) {
      return "event";
    }
    return this.<Principal>attribute(USER)
        .map(Principal::userId)
        .orElseGet(() -> this.<String>attribute(PART).orElse("unknown"));
  }

  private <T> Optional<T> attribute(String name) {
    return identities.isResolvable()
        ? Optional.ofNullable(identities.get().getIdentity().getAttribute(name))
        : Optional.empty();
  }

  /// Runs work for a tenant in a new request context, inside any other.
  public static <T> T callAs(String tenant, Callable<T> work) throws Exception {
    ManagedContext context = Arc.container().requestContext();
    InjectableContext.ContextState around = context.getStateIfActive();
    context.activate();
    try {
      Arc.container().instance(Caller.class).get().assume(tenant);
      return work.call();
    } finally {
      context.terminate();
      if (around != null) {
        context.activate(around);
      }
    }
  }

  void assume(String tenant) {
    assumedTenant = tenant;
  }
}
