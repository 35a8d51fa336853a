package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.doctor.CheckResult;
import com.secureapprove.chat.localstack.doctor.Examination;
import com.secureapprove.chat.localstack.doctor.Transport;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackState;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks an installation from outside. Exits with 1 if a check failed.
@Command(
    name = "doctor",
    description = {
      "Checks an installation from outside, as two people: signs in, sends, receives, uploads and"
          + " resumes. Says what is wrong.",
      "Without a URL, it checks the running stack of this machine as two demo people."
    })
final class Doctor implements Callable<Integer> {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "<url>",
      description = "The address of the chat, such as https://chat.example.com")
  private @Nullable URI url;

  @Option(
      names = "--token",
      defaultValue = "${env:CHAT_DOCTOR_TOKEN}",
      paramLabel = "<token>",
      description = "An access token of a test person. Default: the variable CHAT_DOCTOR_TOKEN")
  private @Nullable String token;

  @Option(
      names = "--other-token",
      defaultValue = "${env:CHAT_DOCTOR_OTHER_TOKEN}",
      paramLabel = "<token>",
      description =
          "An access token of a second test person of the same tenant, for the checks of messages."
              + " Default: the variable CHAT_DOCTOR_OTHER_TOKEN")
  private @Nullable String otherToken;

  @Option(
      names = "--ca",
      paramLabel = "<file>",
      description = "Certificates (PEM) of the authority to trust instead of those of the JDK")
  private @Nullable Path authorities;

  @Override
  public Integer call() throws IOException, GeneralSecurityException {
    OkHttpClient http = Transport.client(TIMEOUT, authorities);
    try {
      int failures = examination(http).run();
      out().println(failures == 0 ? "Everything works." : "Failed checks: " + failures);
      out().flush();
      return failures == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  private Examination examination(OkHttpClient http) {
    if (url == null) {
      return localExamination(http);
    }
    if (token == null || token.isBlank()) {
      throw wrong("--token or CHAT_DOCTOR_TOKEN must be set.");
    }
    return new Examination(
        http,
        origin(url),
        token.strip(),
        otherToken == null || otherToken.isBlank() ? null : otherToken.strip(),
        Clock.systemUTC(),
        this::print);
  }

  private Examination localExamination(OkHttpClient http) {
    StackHome home = StackHome.of(Checkout.current());
    StackState state =
        StackState.load(home)
            .orElseThrow(() -> wrong("Nothing is running here. Give the URL of an installation."));
    Keycloak keycloak =
        new Keycloak(
            state.ports().of(Component.KEYCLOAK),
            home.data(Keycloak.NAME),
            new Secrets(home.secrets()));
    return new Examination(
        http,
        URI.create("http://localhost:" + state.ports().of(Component.GATEWAY)),
        keycloak.token("acme", "alice"),
        keycloak.token("acme", "bob"),
        Clock.systemUTC(),
        this::print);
  }

  /// The chat is at the root of its host, so a path is ignored.
  private URI origin(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
      throw wrong("Not an address: %s. Example: https://chat.example.com".formatted(address));
    }
    return URI.create(scheme + "://" + address.getAuthority());
  }

  private void print(CheckResult result) {
    String mark =
        switch (result.verdict()) {
          case OK -> "ok";
          case WARNING -> "warning";
          case FAILED -> "FAILED";
          case SKIPPED -> "skipped";
        };
    out().printf("%-8s %-15s %s%n", mark, result.check(), result.observation());
    if (!result.advice().isEmpty()) {
      out().printf("%-8s %-15s → %s%n", "", "", result.advice());
    }
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
