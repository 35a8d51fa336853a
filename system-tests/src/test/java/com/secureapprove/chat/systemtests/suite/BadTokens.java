package com.secureapprove.chat.systemtests.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.testsupport.issuer.HmacToken;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwt.NumericDate;

/// Access tokens that must be refused everywhere, by their fault.
public final class BadTokens {

  private BadTokens() {}

  /// Tokens for a person of the directory, each with one fault.
  public static Map<String, String> of(Suite suite, Tenant tenant, String userName) {
    TestIssuer issuer = suite.issuer();
    String name = tenant.name();
    String good = issuer.token(name, userName);
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("nonsense", "nonsense");
    bad.put("three parts of nonsense", "a.b.c");
    bad.put("cut off", good.substring(0, good.length() - 20));
    bad.put("without its signature", good.substring(0, good.lastIndexOf('.') + 1));
    bad.put("of another tenant by tampering", tampered(good));
    bad.put("that needs no signature", unsigned(good));
    bad.put("signed by a foreign key", issuer.forged(name, userName));
    HmacToken.formsOfKey()
        .forEach((form, secret) ->
            bad.put(
                "with the public key (" + form + ") as a shared secret",
                issuer.confused(name, userName, secret)));
    bad.put("expired", issuer.token(name, userName, claims -> claims.setExpirationTime(ago(60))));
    bad.put(
        "not valid yet", issuer.token(name, userName, claims -> claims.setNotBefore(ago(-600))));
    bad.put(
        "for another audience",
        issuer.token(name, userName, claims -> claims.setAudience("account")));
    bad.put(
        "without an audience", issuer.token(name, userName, claims -> claims.unsetClaim("aud")));
    bad.put("without a subject", issuer.token(name, userName, claims -> claims.unsetClaim("sub")));
    bad.put(
        "of an issuer that is not trusted",
        issuer.token(name, userName, claims -> claims.setIssuer("http://127.0.0.1:9/")));
    bad.put(
        "that claims to be of the demo's issuer",
        issuer.token(
            name, userName, claims -> claims.setIssuer(suite.stack().keycloak().issuer("acme"))));
    bad.put(
        "with which parts call each other",
        suite.stack().keys().token("gateway", "message", name, null));
    return bad;
  }

  private static NumericDate ago(long seconds) {
    return NumericDate.fromSeconds(System.currentTimeMillis() / 1000 - seconds);
  }

  private static String tampered(String token) {
    String[] parts = token.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String changed = claims.replaceFirst("\"org\":\"[^\"]*\"", "\"org\":\"acme\"");
    assertThat(changed).isNotEqualTo(claims);
    return parts[0] + "." + encoded(changed) + "." + parts[2];
  }

  private static String unsigned(String token) {
    return encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + token.split("\\.", -1)[1] + ".";
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
