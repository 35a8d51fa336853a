package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.backing.Postgres;
import com.secureapprove.chat.localstack.backing.Redis;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A component of the stack, in the order of display.
public enum Component {
  POSTGRES(Postgres.NAME, 15432, 0),
  REDIS(Redis.NAME, 16379, 0),
  KEYCLOAK(Keycloak.NAME, 8180, 0),
  PRESENCE("presence", 8083, 128),
  CONVERSATION("conversation", 8081, 128),
  MESSAGE("message", 8082, 128),
  ATTACHMENT("attachment", 8084, 128),
  /// Optional: runs only if a stack is asked for it.
  NOTIFICATION("notification", 8085, 128),
  GATEWAY("gateway", 8080, 192);

  private final String label;
  private final int defaultPort;
  private final int heapMegabytes;

  Component(String label, int defaultPort, int heapMegabytes) {
    this.label = label;
    this.defaultPort = defaultPort;
    this.heapMegabytes = heapMegabytes;
  }

  /// The components of this project that every stack runs: the services and the gateway.
  public static List<Component> own() {
    return Arrays.stream(values()).filter(each -> each.isOwn() && !each.isOptional()).toList();
  }

  /// The component with this label.
  public static Optional<Component> of(String label) {
    return Arrays.stream(values()).filter(component -> component.label.equals(label)).findFirst();
  }

  /// The name in commands, logs, environment variables and internal tokens.
  public String label() {
    return label;
  }

  /// Whether this project builds it.
  public boolean isOwn() {
    return heapMegabytes > 0;
  }

  /// Whether a stack runs without it unless it is asked for it.
  public boolean isOptional() {
    return this == NOTIFICATION;
  }

  /// The Kubernetes manifest with its memory limit, relative to the checkout.
  String manifest() {
    return isOptional()
        ? "k8s/components/notifications/deployment.yaml"
        : "k8s/base/%s/deployment.yaml".formatted(module());
  }

  /// The Maven module that builds it.
  public String module() {
    return this == GATEWAY ? label : label + "-service";
  }

  int defaultPort() {
    return defaultPort;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }
}
