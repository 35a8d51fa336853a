package com.secureapprove.chat.testsupport.access;

import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Calls every endpoint of a service with tokens that it must refuse: of each component, for itself
/// and for a person, unless the endpoint names it; with forged tokens of those that it names; and
/// without a token.
///
/// The endpoints are read from the classes, so a new endpoint cannot be forgotten.
public final class EndpointAccess {
  private static final String JAX_RS = "jakarta.ws.rs.";
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
  private static final String TENANT = "access";

  /// An endpoint and the roles that may call it.
  ///
  /// @param roles such as `part:message` or `person:gateway`
  public record Endpoint(String method, String path, String mediaType, Set<String> roles) {
    @Override
    public String toString() {
      return method + " " + path + " " + roles;
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final String service;
  private final URI base;
  private final List<Endpoint> endpoints;

  private EndpointAccess(String service, URI base, List<Endpoint> endpoints) {
    this.service = service;
    this.base = base;
    this.endpoints = endpoints;
  }

  /// The endpoints of a running service.
  ///
  /// @param service the name of the component
  /// @param packageName the package with its resources
  public static EndpointAccess of(String service, String packageName, URI base) {
    List<Endpoint> found = new ArrayList<>();
    for (JavaClass resource :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packageName)) {
      if (resource.isInterface() || resource.tryGetAnnotationOfType(JAX_RS + "Path").isEmpty()) {
        continue; // a client, or no resource
      }
      for (JavaMethod method : resource.getMethods()) {
        METHODS.stream()
            .filter(name -> method.isAnnotatedWith(JAX_RS + name))
            .forEach(name -> found.add(endpoint(resource, method, name)));
      }
    }
    return new EndpointAccess(service, base, List.copyOf(found));
  }

  private static Endpoint endpoint(JavaClass resource, JavaMethod method, String name) {
    String path = value(resource, JAX_RS + "Path") + "/" + value(method, JAX_RS + "Path");
    return new Endpoint(
        name,
        path.replaceAll("\\{[^}]*}", UUID.randomUUID().toString()).replaceAll("/+", "/"),
        first(method, resource, JAX_RS + "Consumes").orElse("application/json"),
        roles(method, resource));
  }

  private static Set<String> roles(JavaMethod method, JavaClass resource) {
    String allowed = "jakarta.annotation.security.RolesAllowed";
    return method
        .tryGetAnnotationOfType(allowed)
        .map(EndpointAccess::values)
        .or(() -> resource.tryGetAnnotationOfType(allowed).map(EndpointAccess::values))
        .map(Set::copyOf)
        .orElse(Set.of());
  }

  private static Optional<String> first(JavaMethod method, JavaClass resource, String annotation) {
    return method
        .tryGetAnnotationOfType(annotation)
        .map(EndpointAccess::values)
        .or(() -> resource.tryGetAnnotationOfType(annotation).map(EndpointAccess::values))
        .map(List::getFirst);
  }

  private static String value(HasAnnotations<?> annotated, String annotation) {
    return annotated
        .tryGetAnnotationOfType(annotation)
        .map(EndpointAccess::values)
        .map(List::getFirst)
        .orElse("");
  }

  private static List<String> values(JavaAnnotation<?> annotation) {
    return switch (annotation.get("value").orElse("")) {
      case Object[] several -> Arrays.stream(several).map(Object::toString).toList();
      case Object one -> List.of(one.toString());
    };
  }

  /// The endpoints.
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /// Endpoints that name no role, or a role that no component has.
  public List<String> withoutNamedCallers() {
    return endpoints.stream()
        .filter(endpoint ->
            endpoint.roles().isEmpty()
                || !endpoint.roles().stream().allMatch(EndpointAccess::isRoleOfComponent))
        .map(Endpoint::toString)
        .toList();
  }

  private static String component(String role) {
    return role.substring(role.indexOf(':') + 1);
  }

  private static boolean isRoleOfComponent(String role) {
    String[] parts = role.split(":", 2);
    return parts.length == 2
        && Set.of("part", "person", "publisher").contains(parts[0])
        && InternalKeys.COMPONENTS.contains(parts[1]);
  }

  /// Calls that were not refused although the endpoint does not name the caller.
  public List<String> wronglyAllowed() {
    List<String> wrong = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      expect(endpoint, "without a token", "", 401, wrong);
      endpoint.roles().stream()
          .map(EndpointAccess::component)
          .distinct()
          .forEach(component ->
              new ForgedTokens(component, service, TENANT)
                  .all()
                  .forEach((kind, token) ->
                      expect(endpoint, component + ", token " + kind, token, 401, wrong)));
      for (String component : InternalKeys.COMPONENTS) {
        refuse(endpoint, "part:" + component, ownToken(component), wrong);
        refuse(endpoint, "person:" + component, personToken(component), wrong);
      }
    }
    return wrong;
  }

  private String ownToken(String component) {
    return BackingServices.shared().componentToken(component, service, TENANT);
  }

  private String personToken(String component) {
    return BackingServices.shared()
        .userToken(component, service, TENANT, TokenUser.of("eve", "Eve", "eve@access.example"));
  }

  private void refuse(Endpoint endpoint, String role, String token, List<String> wrong) {
    if (!endpoint.roles().contains(role)) {
      expect(endpoint, role, token, 403, wrong);
    }
  }

  private void expect(
      Endpoint endpoint, String caller, String token, int expected, List<String> wrong) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(endpoint.path()))
            .header("Content-Type", endpoint.mediaType())
            .method(
                endpoint.method(),
                endpoint.method().equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString("{}"));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
      if (status != expected) {
        wrong.add(endpoint + " by " + caller + ": " + status);
      }
    } catch (IOException | InterruptedException problem) {
      wrong.add(endpoint + " by " + caller + ": " + problem);
    }
  }
}
