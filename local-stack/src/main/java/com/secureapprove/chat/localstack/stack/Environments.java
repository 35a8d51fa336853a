package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.PrivateFiles;
import com.secureapprove.chat.localstack.keys.PushKeys;
import com.secureapprove.chat.localstack.keys.Secrets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The environment variables of each component, with the same names as in Compose and Kubernetes.
///
/// @param proxyPorts proxy ports of PostgreSQL and Redis, if they are not reached directly
/// @param notifications whether notification-service runs, and the gateway forwards its API
/// @param gatewaySettings further settings of the gateway beside the demo's issuers and
///   provisioning tokens
/// @param variables of the services and the gateway; they replace those of this class
record Environments(
    StackHome home,
    StackPorts ports,
    Backing backing,
    Map<Component, Integer> proxyPorts,
    InternalKeys keys,
    Secrets secrets,
    boolean notifications,
    Map<String, String> gatewaySettings,
    Map<String, String> variables) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String PUSH_CONTACT = "mailto:operator@localhost.example";

  Map<String, String> of(Instance instance) {
    Component component = instance.component();
    StackPorts.Listening listening = ports.of(instance);
    Map<String, String> environment = new TreeMap<>();
    environment.put("QUARKUS_HTTP_HOST", LOOPBACK);
    environment.put("QUARKUS_HTTP_PORT", "" + listening.port());
    environment.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
    environment.put("QUARKUS_MANAGEMENT_PORT", "" + listening.management());
    environment.put("CHAT_REDIS_URL", address(Component.REDIS, backing.redisUrl(component)));
    environment.put("CHAT_INTERNAL_KEY_FILE", keys.keyFile(component.label()).toString());
    environment.put("CHAT_INTERNAL_TRUST_FILE", keys.trustFile().toString());
    environment.put("CHAT_INTERNAL_DEMO_KEYS", "true");
    for (Component called : Component.own()) {
      environment.put("CHAT_%s_URL".formatted(upper(called)), url(called));
    }
    if (notifications) {
      environment.put("CHAT_NOTIFICATION_URL", url(Component.NOTIFICATION));
    }
    switch (component) {
      case POSTGRES, REDIS, KEYCLOAK ->
          throw new IllegalArgumentException(component + " is a backing service");
      case GATEWAY -> addGateway(environment);
      case ATTACHMENT -> {
        addDatabase(environment, component);
        environment.put("CHAT_ATTACHMENT_DIRECTORY", home.data("attachments").toString());
      }
      case NOTIFICATION -> {
        addDatabase(environment, component);
        // Receivers under development run on this machine.
        environment.put("CHAT_OUTBOUND_ALLOW_HTTP", "true");
        environment.put("CHAT_OUTBOUND_ALLOWED_NETWORKS", LOOPBACK + "/32");
        environment.put("CHAT_PUBLIC_URL", publicUrl());
        environment.put("CHAT_PUSH_SERVER_PRIVATE_KEY", pushKeys().privateKey());
        environment.put("CHAT_PUSH_SERVER_PUBLIC_KEY", pushKeys().publicKey());
        environment.put("CHAT_PUSH_SERVER_CONTACT", pushKeys().contact());
      }
      case PRESENCE, CONVERSATION, MESSAGE -> addDatabase(environment, component);
    }
    environment.putAll(variables);
    if (component == Component.GATEWAY && notifications) {
      environment.put("CHAT_PUSH_SERVER_PUBLIC_KEY", pushKeys().publicKey());
    }
    return environment;
  }

  /// As [#of], for a service that migrates its own schema.
  Map<String, String> ofMigrating(Instance instance) {
    Map<String, String> environment = of(instance);
    if (instance.component() != Component.GATEWAY) {
      environment.put("CHAT_MIGRATE_AT_START", "true");
      environment.put("CHAT_MIGRATION_PASSWORD", ownersPassword(instance.component()));
    }
    return environment;
  }

  private PushKeys pushKeys() {
    return PushKeys.in(home.keys(), PUSH_CONTACT);
  }

  /// The password of the role that owns the schema of a service.
  String ownersPassword(Component service) {
    return backing.postgres().password("chat_" + service.label() + "_owner");
  }

  /// The address at which the other components call this one.
  String url(Component component) {
    return "http://%s:%d".formatted(LOOPBACK, ports.of(component));
  }

  /// The address of an instance, without the balancer.
  String url(Instance instance) {
    return "http://%s:%d".formatted(LOOPBACK, ports.of(instance).port());
  }

  /// The address of a component for people.
  String address(Component component) {
    return switch (component) {
      case POSTGRES, REDIS -> LOOPBACK + ":" + ports.of(component);
      case KEYCLOAK -> backing.keycloak().address().toString();
      case GATEWAY -> publicUrl();
      case PRESENCE, CONVERSATION, MESSAGE, ATTACHMENT, NOTIFICATION -> url(component);
    };
  }

  /// The address at which people open the chat.
  String publicUrl() {
    return "http://localhost:" + ports.of(Component.GATEWAY);
  }

  /// The demo tenants' provisioning tokens, by tenant.
  Map<String, String> provisioningTokens() {
    return DemoTenant.all().stream()
        .collect(Collectors.toMap(DemoTenant::name, tenant -> tenant.provisioningToken(secrets)));
  }

  private void addDatabase(Map<String, String> environment, Component component) {
    String role = "chat_" + component.label();
    environment.put(
        "CHAT_DATABASE_URL",
        address(Component.POSTGRES, backing.postgres().jdbcUrl(backing.database())));
    environment.put("CHAT_DATABASE_PASSWORD", backing.postgres().password(role));
    environment.put("CHAT_MIGRATE_AT_START", "false");
  }

  private void addGateway(Map<String, String> environment) {
    Map<String, String> settings = new TreeMap<>(backing.keycloak().gatewaySettings());
    provisioningTokens()
        .forEach((tenant, token) -> settings.put("chat.provisioning." + tenant, token));
    settings.putAll(gatewaySettings);
    String issuers =
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining());
    environment.put("CHAT_PUBLIC_URL", publicUrl());
    environment.put("CHAT_WEB_CLIENT_DIRECTORY", home.webClient().toString());
    environment.put("CHAT_DRAINING_OVER", "1S"); // keeps restarts short; the default is ten seconds
    environment.put("CHAT_SESSION_SECRET", secrets.get("gateway-session"));
    environment.put(
        "QUARKUS_CONFIG_LOCATIONS", PrivateFiles.write(home.issuers(), issuers).toString());
  }

  private String address(Component component, String address) {
    Integer proxyPort = proxyPorts.get(component);
    return proxyPort == null
        ? address
        : address.replace(":" + ports.of(component) + "/", ":" + proxyPort + "/");
  }

  private static String upper(Component component) {
    return component.label().toUpperCase(Locale.ROOT);
  }
}
