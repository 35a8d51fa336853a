package com.secureapprove.chat.testsupport.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/// An OpenID Connect issuer for several tenants, distinguished by a claim. It has no sign-in pages:
/// a browser that it is asked to sign in comes back at once, as the person of [#signsIn]. Tests
/// sign valid and invalid tokens by RS256, as most issuers do.
public final class TestIssuer implements AutoCloseable {

  private static final int MINUTES = 30;
  private static final int BITS = 2048;
  private static final String CLIENT = "chat-gateway";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile RsaJsonWebKey key = newKey();
  private final AtomicInteger keyLookUps = new AtomicInteger();
  private final Map<String, String> nonces = new ConcurrentHashMap<>();
  private volatile SignIn signIn = new SignIn("acme", "zoe", _ -> {}, _ -> {});

  /// How the next browsers are signed in.
  private record SignIn(
      String tenant, String userName, Consumer<JwtClaims> idToken, Consumer<JwtClaims> access) {}

  private TestIssuer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext(
        "/.well-known/openid-configuration", exchange -> answer(exchange, discovery()));
    server.createContext(
        "/keys",
        exchange -> {
          keyLookUps.incrementAndGet();
          answer(exchange, Map.of("keys", List.of(key.toParams(OutputControlLevel.PUBLIC_ONLY))));
        });
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::exchange);
    server.start();
  }

  /// One on a port of loopback that is free.
  public static TestIssuer start() {
    try {
      return new TestIssuer(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// The issuer as its tokens name it.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The settings with which a gateway trusts it.
  public Map<String, String> gatewaySettings() {
    String prefix = "chat.issuers.tests.";
    return Map.of(
        prefix + "url", url(),
        prefix + "tenant-claim", "org",
        prefix + "client-id", CLIENT,
        prefix + "client-secret", "nobody-signs-in-with-a-browser-here",
        prefix + "audience", "chat",
        prefix + "directory-claim", "preferred_username");
  }

  /// A good token.
  public String token(String tenant, String userName) {
    return token(tenant, userName, _ -> {});
  }

  /// A valid token, with changed claims.
  public String token(String tenant, String userName, Consumer<JwtClaims> change) {
    return signed(claims(tenant, userName, change), key);
  }

  /// A token of a service client of a tenant. It may publish notifications and is not in the
  /// directory.
  public String publisherToken(String tenant, String client) {
    return token(
        tenant,
        "service-account-" + client,
        claims -> claims.setStringListClaim("groups", "chat-publisher"));
  }

  /// Signs the next browsers in as a person.
  ///
  /// @param idToken changes the claims of the ID token
  /// @param access changes the claims of the access token
  public void signsIn(
      String tenant, String userName, Consumer<JwtClaims> idToken, Consumer<JwtClaims> access) {
    signIn = new SignIn(tenant, userName, idToken, access);
  }

  /// How often the keys were fetched.
  public int keyLookUps() {
    return keyLookUps.get();
  }

  /// A token that names a key which the issuer does not have.
  public String withUnknownKey(String tenant, String userName) {
    RsaJsonWebKey foreign = newKey();
    return signed(claims(tenant, userName, _ -> {}), foreign);
  }

  /// A logout token (OpenID Connect Back-Channel Logout) for one of the issuer's sessions.
  public String logoutToken(String session) {
    return logoutToken(session, _ -> {});
  }

  /// The same with changed claims.
  public String logoutToken(String session, Consumer<JwtClaims> change) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(url());
    claims.setAudience(CLIENT);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(2);
    claims.setGeneratedJwtId();
    claims.setStringClaim("sid", session);
    claims.setClaim(
        "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    change.accept(claims);
    return signed(claims, key);
  }

  /// A token with the right claims and key id, signed by a key that is not the issuer's.
  public String forged(String tenant, String userName) {
    RsaJsonWebKey foreign = newKey();
    foreign.setKeyId(key.getKeyId());
    return signed(claims(tenant, userName, _ -> {}), foreign);
  }

  /// A token with the right claims and key id, whose HMAC has the issuer's public key as its secret
  /// (algorithm confusion).
  ///
  /// @param secret the bytes of the key, such as its DER or PEM form
  public String confused(String tenant, String userName, Function<PublicKey, byte[]> secret) {
    return new HmacToken(secret.apply(key.getPublicKey()))
        .of(claims(tenant, userName, _ -> {}), key.getKeyId());
  }

  /// The same claims and key id, signed by a key that is not the issuer's.
  public String signedByAnother(String token) {
    RsaJsonWebKey foreign = newKey();
    foreign.setKeyId(key.getKeyId());
    return signed(payloadOf(token), foreign);
  }

  /// The same claims, with the published key as the secret of a symmetric algorithm.
  public String signedWithPublicKey(String token) {
    try {
      return new HmacToken(key.getPublicKey().getEncoded())
          .of(JwtClaims.parse(payloadOf(token)), key.getKeyId());
    } catch (InvalidJwtException problem) {
      throw new IllegalArgumentException(problem);
    }
  }

  private static String payloadOf(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
  }

  /// From now on tokens are signed by a new key, and only that one is published.
  public void rotateKey() {
    key = newKey();
  }

  /// The name under which a person of this user name is known.
  public static String displayName(String userName) {
    return Character.toUpperCase(userName.charAt(0)) + userName.substring(1);
  }

  private JwtClaims claims(String tenant, String userName, Consumer<JwtClaims> change) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(url());
    claims.setAudience("chat");
    claims.setSubject(tenant + "-" + userName);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(MINUTES);
    claims.setGeneratedJwtId();
    claims.setStringClaim("org", tenant);
    claims.setStringClaim("preferred_username", userName);
    claims.setStringClaim("name", displayName(userName));
    claims.setStringClaim("email", "%s@%s.example".formatted(userName, tenant));
    claims.setClaim("email_verified", true);
    change.accept(claims);
    return claims;
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
    String code = UUID.randomUUID().toString();
    nonces.put(code, query.getOrDefault("nonce", ""));
    try (exchange) {
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              "%s?code=%s&state=%s&iss=%s"
                  .formatted(
                      query.get("redirect_uri"),
                      code,
                      query.get("state"),
                      URLEncoder.encode(url(), StandardCharsets.UTF_8)));
      exchange.sendResponseHeaders(302, -1);
    }
  }

  private void exchange(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    SignIn as = signIn;
    String nonce = nonces.getOrDefault(form.getOrDefault("code", ""), "");
    String idToken =
        token(
            as.tenant(),
            as.userName(),
            claims -> {
              claims.setAudience(CLIENT);
              claims.setStringClaim("nonce", nonce);
              claims.setStringClaim("sid", "session-of-" + as.userName());
              as.idToken().accept(claims);
            });
    answer(
        exchange,
        Map.of(
            "id_token",
            idToken,
            "access_token",
            token(as.tenant(), as.userName(), as.access()),
            "token_type",
            "Bearer",
            "expires_in",
            300));
  }

  private static Map<String, String> parameters(String encoded) {
    return Arrays.stream(encoded.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                (first, _) -> first));
  }

  private static String signed(JwtClaims claims, RsaJsonWebKey key) {
    return signed(claims.toJson(), key);
  }

  private static String signed(String claims, RsaJsonWebKey key) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setKey(key.getPrivateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException problem) {
      throw new IllegalStateException(problem);
    }
  }

  private static RsaJsonWebKey newKey() {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(BITS);
      key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
      key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
      key.setUse("sig");
      return key;
    } catch (JoseException problem) {
      throw new IllegalStateException(problem);
    }
  }

  private Map<String, Object> discovery() {
    return Map.of(
        "issuer",
        url(),
        "jwks_uri",
        url() + "/keys",
        "authorization_endpoint",
        url() + "/authorize",
        "authorization_response_iss_parameter_supported",
        true,
        "token_endpoint",
        url() + "/token",
        "response_types_supported",
        List.of("code"),
        "subject_types_supported",
        List.of("public"),
        "id_token_signing_alg_values_supported",
        List.of("RS256"));
  }

  private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
    try (exchange) {
      byte[] bytes = JsonUtil.toJson(body).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
