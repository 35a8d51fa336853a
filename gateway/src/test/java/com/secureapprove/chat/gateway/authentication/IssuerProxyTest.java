package com.secureapprove.chat.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// An issuer that the gateway can only reach through an HTTP proxy.
@QuarkusTest
@QuarkusTestResource(value = IssuerProxyTest.BehindAProxy.class, restrictToAnnotatedClass = true)
class IssuerProxyTest extends GatewayTest {
  private static final String NAME = "http://issuer.invalid";

  @Inject IssuersDependency dependency;

  @Test
  void tokensAndReadinessUseTheProxyOfTheIssuer() throws Exception {
    String token = BehindAProxy.issuer.token("acme", "alice", claims -> claims.setIssuer(NAME));

    withToken(token).get("/api/chat/me/").then().statusCode(200);
    dependency.probe();

    assertThat(BehindAProxy.ASKED)
        .contains("issuer.invalid/.well-known/openid-configuration", "issuer.invalid/keys");
  }

  /// The issuer has a name that only the proxy knows.
  public static final class BehindAProxy implements QuarkusTestResourceLifecycleManager {
    static final Set<String> ASKED = ConcurrentHashMap.newKeySet();
    private static TestIssuer issuer;
    private StubServer proxy;

    @Override
    public Map<String, String> start() {
      issuer = TestIssuer.start();
      proxy = StubServer.start().on("/", BehindAProxy::forward);
      Map<String, String> settings = new HashMap<>(issuer.gatewaySettings());
      settings.put("chat.issuers.tests.url", NAME);
      settings.put("chat.issuers.tests.proxy", proxy.address());
      return settings;
    }

    @Override
    public void stop() {
      proxy.stop();
      issuer.close();
    }

    private static void forward(HttpExchange exchange) throws IOException {
      URI asked = exchange.getRequestURI();
      ASKED.add(asked.getHost() + asked.getPath());
      try (exchange;
          HttpClient http = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(URI.create(issuer.url() + asked.getPath())).build(),
                BodyHandlers.ofString());
        byte[] body = answer.body().replace(issuer.url(), NAME).getBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.statusCode(), body.length);
        exchange.getResponseBody().write(body);
      } catch (InterruptedException problem) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("forwarding").initCause(problem);
      }
    }
  }
}
