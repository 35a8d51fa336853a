package com.secureapprove.chat.serviceplatform.calls;

import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.identity.Principal;
import com.secureapprove.chat.platform.problem.Dependencies;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.problem.TokenRefusal;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.logging.Logger;

/// Calls of other services by their REST clients, with an internal token for the caller's tenant.
/// All failures become the same problem here: 503 with `Retry-After`. Thread-safe.
@Singleton
public class ServiceCalls {
  private static final Logger LOG = Logger.getLogger(ServiceCalls.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  private final InternalTokens tokens;
  private final Caller caller;
  private final Dependencies dependencies;

  ServiceCalls(InternalTokens tokens, Caller caller, Dependencies dependencies) {
    this.tokens = tokens;
    this.caller = caller;
    this.dependencies = dependencies;
  }

  /// Calls a service in the name of this component.
  ///
  /// @param service such as `message`
  /// @param call receives the value of the header `Authorization`
  /// @throws ProblemException 503 if the service is unreachable, too slow, overloaded, or refuses
  public <T> T asComponent(String service, Function<String, T> call) {
    return orUnavailable(service, () -> call.apply(ofComponent(service)));
  }

  /// Calls a service in the name of the person or client that calls this one.
  ///
  /// @throws ProblemException 503 as [#asComponent]
  public <T> T asUser(String service, Function<String, T> call) {
    return orUnavailable(
        service,
        () -> call.apply("Bearer " + tokens.forUser(service, caller.tenant(), caller.user())));
  }

  /// Calls a service in the name of a person of the caller's tenant who has not called this one.
  ///
  /// @throws ProblemException 503 as [#asComponent]
  public <T> T asPerson(String service, String userId, Function<String, T> call) {
    Principal person = new Principal(Principal.Kind.PERSON, userId, "", "", Set.of());
    return orUnavailable(
        service, () -> call.apply("Bearer " + tokens.forUser(service, caller.tenant(), person)));
  }

  /// Like [#asComponent], but empty if the service answers 404.
  ///
  /// @throws ProblemException 503 as [#asComponent]
  public <T> Optional<T> findAsComponent(String service, Function<String, T> call) {
    return orUnavailable(
        service,
        () -> {
          try {
            return Optional.of(call.apply(ofComponent(service)));
          } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() == Problem.NOT_FOUND.status()) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private String ofComponent(String service) {
    return "Bearer " + tokens.forPart(service, caller.tenant());
  }

  private <T> T orUnavailable(String service, Supplier<T> call) {
    String dependency = service + "-service";
    try {
      T answer = call.get();
      dependencies.answered(dependency);
      return answer;
    } catch (ClientErrorException e) {
      if (e.getResponse().getStatus() == Problem.UNAUTHENTICATED.status()) {
        dependencies.failed(
            dependency,
            TokenRefusal.reasonIn(e.getResponse().getHeaderString(HttpHeaders.WWW_AUTHENTICATE)));
      } else {
        LOG.warnf("call_refused service=%s status=%d", service, e.getResponse().getStatus());
      }
      throw unavailable(dependency);
    } catch (ProcessingException
        | HttpClosedException
        | WebApplicationException
        | FaultToleranceException e) {
      dependencies.failed(dependency, e);
      throw unavailable(dependency);
    }
  }

  private static ProblemException unavailable(String dependency) {
    return ProblemException.retryAfter(
        Problem.UNAVAILABLE, dependency + " does not answer", RETRY_AFTER_SECONDS);
  }
}
