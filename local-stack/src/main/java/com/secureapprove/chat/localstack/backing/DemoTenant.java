package com.secureapprove.chat.localstack.backing;

import com.secureapprove.chat.localstack.keys.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// A demo tenant with its people, read from its realm file.
///
/// @param name its short name, which is also the name of its realm
/// @param displayName the name that people see
/// @param realm the realm file for the import into Keycloak
public record DemoTenant(String name, String displayName, List<Person> people, String realm) {

  /// The password of all demo people.
  public static final String PASSWORD = "demo";

  private static final List<DemoTenant> ALL = List.of(read("acme"), read("globex"));

  public DemoTenant {
    people = List.copyOf(people);
  }

  /// A person of the tenant.
  public record Person(String userName, String name, String email) {}

  /// All demo tenants.
  public static List<DemoTenant> all() {
    return ALL;
  }

  /// The provisioning token of this tenant's directory.
  public String provisioningToken(Secrets secrets) {
    return secrets.get("provisioning-" + name);
  }

  private static DemoTenant read(String name) {
    String realm = resource("/keycloak/%s-realm.json".formatted(name));
    try {
      Map<String, Object> fields = JsonUtil.parseJson(realm);
      List<Person> people = new ArrayList<>();
      for (Object each : (List<?>) fields.getOrDefault("users", List.of())) {
        Map<?, ?> user = (Map<?, ?>) each;
        // Keycloak also lists service clients as users. They have no e-mail address.
        if (user.get("email") instanceof String email) {
          people.add(
              new Person(
                  String.valueOf(user.get("username")),
                  user.get("firstName") + " " + user.get("lastName"),
                  email));
        }
      }
      return new DemoTenant(name, String.valueOf(fields.get("displayName")), people, realm);
    } catch (JoseException problem) {
      throw new IllegalStateException("the realm file of %s is broken".formatted(name), problem);
    }
  }

  private static String resource(String path) {
    try (@Nullable InputStream stream = DemoTenant.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException(path + " is not packaged");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
