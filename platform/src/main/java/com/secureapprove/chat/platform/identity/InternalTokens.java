package com.secureapprove.chat.platform.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/// Signs this component's calls to others. A token is reused for the first half of its life.
@Singleton
public class InternalTokens {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// The claim that says whether the user is a person or a client.
  static final String CALLER = "caller";

  private record Call(String audience, String tenant, @Nullable Principal user) {}

  private final String part;
  private final Duration lifetime;
  private final SigningKey key;
  private final Cache<Call, String> signed;

  InternalTokens(InternalConfig config) {
    if (config.lifetime().compareTo(LONGEST) > 0) {
      throw new IllegalStateException("chat.internal.lifetime must be at most 60s");
    }
    part = config.part();
    lifetime = config.lifetime();
    key = SigningKey.of(config);
    signed =
        Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(lifetime.dividedBy(2)).build();
  }

  /// A bearer token for a call on behalf of a person or client.
  ///
  /// @param audience the called component, such as `message`
  public String forUser(String audience, String tenant, Principal user) {
    return signed.get(new Call(audience, tenant, user), this::sign);
  }

  /// A bearer token for this component's own call, for one tenant.
  public String forPart(String audience, String tenant) {
    return signed.get(new Call(audience, tenant, null), this::sign);
  }

  private String sign(Call call) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(part);
    claims.setAudience(call.audience());
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(lifetime.toSeconds() / 60f);
    claims.setStringClaim("tenant", call.tenant());
    Principal user = call.user();
    if (user != null) {
      claims.setSubject(user.userId());
      claims.setStringClaim("name", user.name());
      claims.setStringClaim("email", user.email());
      claims.setStringClaim(CALLER, user.kind().toString());
      claims.setStringListClaim(
          "roles", user.roles().stream().filter(Principal.INTERNAL_ROLES::contains).toList());
    }
    return key.sign(claims);
  }
}
