package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.readiness.Dependency;
import io.quarkus.oidc.common.runtime.config.OidcCommonConfig;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/// At least one issuer is configured, and one answers. A gateway without keys of an issuer can
/// authenticate no request. One issuer is enough, so that a failed issuer stops only its own
/// tenants.
@Singleton
class IssuersDependency implements Dependency {
  private static final Logger LOG = Logger.getLogger(IssuersDependency.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final Issuers issuers;
  private final TlsConfigurationRegistry tls;

  /// The reasons that were logged, by the issuer's short name.
  private final Map<String, String> logged = new TreeMap<>();

  IssuersDependency(Issuers issuers, TlsConfigurationRegistry tls) {
    this.issuers = issuers;
    this.tls = tls;
  }

  @Override
  public String name() {
    return "issuers";
  }

  @Override
  public void probe() throws Exception {
    if (issuers.all().isEmpty()) {
      throw new IllegalStateException(
          "no issuer is configured; set chat.issuers.<name>.url and its other settings,"
              + " or quarkus.config.locations to a file with them");
    }
    Set<String> answering = new HashSet<>();
    for (Issuer issuer : issuers.all()) {
      try (HttpClient client = client(issuer)) {
        discover(client, URI.create(issuer.bearer().authServerUrl().orElseThrow() + DISCOVERY));
        answering.add(issuer.id());
      } catch (IOException | IllegalArgumentException e) {
        String reason = Reason.of(e);
        if (!reason.equals(logged.put(issuer.id(), reason))) {
          LOG.warnf("issuer_unreachable issuer=%s reason=%s", issuer.id(), reason);
        }
      }
    }
    if (answering.isEmpty()) {
      throw new IOException("no issuer answers: " + logged);
    }
  }

  private static void discover(HttpClient client, URI document)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(document).timeout(TIMEOUT).build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("status " + status + " from " + document);
    }
  }

  private HttpClient client(Issuer issuer) throws Exception {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(TIMEOUT);
    Optional<TlsConfiguration> configured = tls.getDefault();
    if (configured.isPresent()) {
      client.sslContext(configured.get().createSSLContext());
    }
    OidcCommonConfig.Proxy proxy = issuer.bearer().proxy();
    proxy
        .host()
        .ifPresent(
            host -> client.proxy(ProxySelector.of(new InetSocketAddress(host, proxy.port()))));
    return client.build();
  }
}
