package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackState;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints only a token.
@Command(
    name = "token",
    description = "Prints an access token of a demo person, or a provisioning token, for curl.")
final class Token implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<tenant>", description = "acme or globex")
  private String tenant = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<user>",
      description =
          "alice, bob, carol; dave, erin, frank. Without it: the SCIM token of the tenant")
  private @Nullable String user;

  @Override
  public Integer call() {
    StackHome home = StackHome.of(Checkout.current());
    Optional<StackState> state = StackState.load(home);
    if (state.isEmpty()) {
      spec.commandLine().getErr().println("Nothing is running. ./chat up starts everything.");
      return ExitCode.SOFTWARE;
    }
    int port = state.get().ports().of(Component.KEYCLOAK);
    Secrets secrets = new Secrets(home.secrets());
    spec.commandLine()
        .getOut()
        .println(
            user == null
                ? provisioningToken(secrets)
                : new Keycloak(port, home.data(Keycloak.NAME), secrets).token(tenant, user));
    return ExitCode.OK;
  }

  private String provisioningToken(Secrets secrets) {
    return DemoTenant.all().stream()
        .filter(known -> known.name().equals(tenant))
        .findFirst()
        .orElseThrow(() -> new ParameterException(spec.commandLine(), "Unknown tenant: " + tenant))
        .provisioningToken(secrets);
  }
}
