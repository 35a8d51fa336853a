package com.secureapprove.chat.testsupport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/// Each endpoint of a service names its callers, and refuses all others. Each service has a
/// subclass.
public abstract class EndpointAccessTest {

  @Test
  void everyEndpointNamesItsCallersAndRefusesAllOthers() {
    EndpointAccess access = access();
    assertThat(access.endpoints()).isNotEmpty();
    assertThat(access.withoutNamedCallers()).isEmpty();
    assertThat(access.wronglyAllowed()).isEmpty();
  }

  /// The endpoints of the running service.
  protected final EndpointAccess access() {
    return EndpointAccess.of(service(), getClass().getPackageName(), address());
  }

  /// The name of the component.
  protected abstract String service();

  /// The address of the running service.
  protected abstract URI address();
}
