package com.secureapprove.chat.systemtests.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Generates the templates of the Helm chart from the kustomize base and its components.
///
/// A component that adds objects becomes a template with a condition. A component that changes
/// deployments becomes conditions inside their templates, see [TemplateWriter]. What operators set
/// is replaced by values.
final class ChartTemplates {

  /// Components that change objects of the base, with the value that enables each.
  private static final Map<String, String> CHANGES =
      Map.of(
          "notifications", ".Values.notifications.enabled",
          "user-ids", ".Values.userIds.enabled",
          "private-ca", ".Values.privateAuthority.enabled",
          "s3", ".Values.s3.enabled",
          "connections-autoscaling", ".Values.connectionsAutoscaling.enabled");

  /// Components that add objects, with the value that enables each.
  private static final Map<String, String> ADDITIONS =
      Map.of(
          "gateway-api", ".Values.gatewayApi.enabled",
          "ingress", ".Values.ingress.enabled",
          "monitoring", ".Values.monitoring.enabled",
          "nodelocaldns", ".Values.nodeLocalDns.enabled",
          "notifications", ".Values.notifications.enabled",
          "s3", ".Values.s3.enabled",
          "tracing", ".Values.tracing.enabled",
          "files-volume", ".Values.filesVolume.enabled");

  /// The component whose Jobs migrate, in the chart without a condition. It is listed last.
  private static final String MIGRATION = "migration-jobs";

  private final Path directory;
  private final SortedMap<String, String> templates = new TreeMap<>();

  private ChartTemplates(Path directory) {
    this.directory = directory;
  }

  /// The templates by file name.
  ///
  /// @param directory an empty directory for kustomizations
  static SortedMap<String, String> generate(Path directory) throws Exception {
    ChartTemplates chart = new ChartTemplates(directory);
    chart.generate();
    return chart.templates;
  }

  private void generate() throws Exception {
    Map<String, JsonNode> base = byName(Rendered.with(directory, "", MIGRATION));
    Map<String, Map<String, JsonNode>> changed = new LinkedHashMap<>();
    for (String component : CHANGES.keySet().stream().sorted().toList()) {
      changed.put(
          CHANGES.get(component), byName(Rendered.with(directory, "", component, MIGRATION)));
    }
    base.forEach((name, object) -> {
      if (!name.startsWith("ConfigMap ")) {
        Map<String, JsonNode> variants = new LinkedHashMap<>();
        changed.forEach((condition, objects) -> variants.put(condition, objects.get(name)));
        add(fileOf(object), "", object, variants);
      }
    });
    for (String component : ADDITIONS.keySet().stream().sorted().toList()) {
      Map<String, JsonNode> added = byName(Rendered.with(directory, "", component));
      Map<String, Map<String, JsonNode>> changedAfter = new LinkedHashMap<>();
      if (added.keySet().stream()
          .anyMatch(name -> name.startsWith("Deployment ") && !base.containsKey(name))) {
        for (String later : List.of("private-ca", "user-ids")) {
          changedAfter.put(
              CHANGES.get(later), byName(Rendered.with(directory, "", component, later)));
        }
      }
      added.forEach((name, object) -> {
        if (!base.containsKey(name) && !name.startsWith("ConfigMap ")) {
          Map<String, JsonNode> variants = new LinkedHashMap<>();
          changedAfter.forEach((condition, objects) -> variants.put(condition, objects.get(name)));
          add(component, ADDITIONS.get(component), object, variants);
        }
      });
    }
    byName(Rendered.of("production"))
        .forEach((name, object) -> {
          if (name.equals("NetworkPolicy services-to-postgres")
              || name.equals("NetworkPolicy parts-to-redis")) {
            add("stores", "", object, Map.of());
          }
        });
  }

  private static Map<String, JsonNode> byName(Rendered rendered) {
    Map<String, JsonNode> objects = new LinkedHashMap<>();
    rendered
        .objects()
        .forEach(object -> {
          JsonNode plain = withoutHashes(object);
          objects.put(Rendered.name(plain), plain);
        });
    return objects;
  }

  /// Kustomize appends a hash to the names of generated ConfigMaps.
  private static JsonNode withoutHashes(JsonNode object) {
    return Yaml.documents(
            object.toString().replaceAll("(chat-settings|chat-s3-settings)-[a-z0-9]{10}", "$1"))
        .getFirst();
  }

  private static String fileOf(JsonNode object) {
    if (object.path("kind").asText().equals("Job")) {
      return "migrations";
    }
    String name = object.at("/metadata/name").asText();
    return Component.all().stream().anyMatch(part -> part.module().equals(name))
        ? name
        : "policies";
  }

  private void add(String file, String condition, JsonNode object, Map<String, JsonNode> variants) {
    Map<String, JsonNode> prepared = new LinkedHashMap<>();
    variants.forEach((key, variant) -> prepared.put(key, prepare(variant)));
    String text = new TemplateWriter().write(prepare(object), prepared);
    String document = "---\n" + text;
    templates.merge(
        file + ".yaml",
        condition.isEmpty()
            ? document
            : "{{- if %s }}\n%s{{- end }}\n".formatted(condition, document),
        String::concat);
  }

  /// Replaces what operators set by values.
  private static JsonNode prepare(JsonNode original) {
    ObjectNode object = original.deepCopy();
    String kind = object.path("kind").asText();
    String name = object.at("/metadata/name").asText();
    ObjectNode metadata = (ObjectNode) object.get("metadata");
    metadata.remove("namespace");
    labels(metadata);
    switch (kind) {
      case "Deployment" -> deployment(object, name);
      case "Job" -> job(object, object.at("/spec/template/spec/serviceAccountName").asText());
      case "HorizontalPodAutoscaler" -> {
        ObjectNode spec = (ObjectNode) object.get("spec");
        spec.put("minReplicas", template(".Values.%s.replicas.min".formatted(value(name))));
        spec.put("maxReplicas", template(".Values.%s.replicas.max".formatted(value(name))));
      }
      case "HTTPRoute" -> {
        ObjectNode spec = (ObjectNode) object.get("spec");
        spec.put("parentRefs", template(".Values.gatewayApi.parentRefs | toJson"));
        spec.put("hostnames", template(".Values.gatewayApi.hostnames | toJson"));
      }
      case "Ingress" -> {
        ObjectNode spec = (ObjectNode) object.get("spec");
        metadata.put("annotations", template(".Values.ingress.annotations | toJson"));
        spec.put("ingressClassName", template(".Values.ingress.className"));
        spec.put(
            "tls",
            template(
                "list (dict \"hosts\" (list .Values.ingress.host) \"secretName\""
                    + " .Values.ingress.certificateSecret) | toJson"));
        ((ObjectNode) spec.at("/rules/0")).put("host", template(".Values.ingress.host"));
      }
      case "PersistentVolumeClaim" -> {
        metadata.putObject("annotations").put("helm.sh/resource-policy", "keep");
        ObjectNode spec = (ObjectNode) object.get("spec");
        spec.put("accessModes", template(".Values.filesVolume.accessModes | toJson"));
        ((ObjectNode) spec.at("/resources/requests"))
            .put("storage", template(".Values.filesVolume.size"));
        // Absent and not null without a class: an upgrade cannot change the class of a claim.
        spec.put(
            TemplateWriter.LINE,
            "{{- with .Values.filesVolume.storageClassName }}"
                + "{{ printf \"storageClassName: %s\" . | nindent %d }}{{- end }}");
      }
      case "NetworkPolicy" -> policy(object, name);
      default -> {}
    }
    return object;
  }

  private static void labels(ObjectNode metadata) {
    ObjectNode labels =
        metadata.path("labels").isObject()
            ? (ObjectNode) metadata.get("labels")
            : metadata.putObject("labels");
    labels.remove(
        List.of(
            "app.kubernetes.io/instance",
            "app.kubernetes.io/part-of",
            "app.kubernetes.io/version"));
    labels.put(TemplateWriter.LINE, "{{- include \"chat.labels\" . | nindent %d }}");
  }

  private static void deployment(ObjectNode deployment, String name) {
    ObjectNode spec = (ObjectNode) deployment.get("spec");
    if (spec.has("replicas")) {
      spec.put("replicas", template(".Values.%s.replicas".formatted(value(name))));
    }
    ObjectNode pod = pod(spec);
    ObjectNode container = (ObjectNode) pod.at("/containers/0");
    container(container, name, "resources");
    ((ArrayNode) container.get("env"))
        .add(
            TextNode.valueOf(
                TemplateWriter.LINE + "{{- include \"chat.tracing\" . | nindent %d }}"));
    if (pod.has("initContainers")) {
      container((ObjectNode) pod.at("/initContainers/0"), name, "migrationResources");
    }
  }

  /// The template of a Job cannot change, so its name changes with the values and the version.
  private static void job(ObjectNode job, String name) {
    ObjectNode metadata = (ObjectNode) job.get("metadata");
    metadata.put(
        "name", TemplateWriter.TEMPLATE + "migrate-" + name + "-{{ include \"chat.release\" . }}");
    ObjectNode pod = pod((ObjectNode) job.get("spec"));
    container((ObjectNode) pod.at("/containers/0"), name, "migrationResources");
    pod.withArray("volumes")
        .removeIf(volume -> volume.path("name").asText().equals("postgres-authority"));
  }

  /// Prepares a pod template.
  ///
  /// @return its `spec`
  private static ObjectNode pod(ObjectNode workload) {
    ObjectNode template = (ObjectNode) workload.get("template");
    ObjectNode metadata = (ObjectNode) template.get("metadata");
    labels(metadata);
    metadata
        .putObject("annotations")
        .put(TemplateWriter.LINE, "{{- include \"chat.annotations\" . | nindent %d }}");
    ObjectNode pod = (ObjectNode) template.get("spec");
    pod.put(TemplateWriter.LINE, "{{- include \"chat.scheduling\" . | nindent %d }}");
    return pod;
  }

  private static void container(ObjectNode container, String name, String resources) {
    container.put(
        "image",
        template("include \"chat.image\" (dict \"root\" . \"part\" \"%s\")".formatted(name)));
    container.put(
        "resources", template(".Values.%s.%s | toJson".formatted(value(name), resources)));
    ((ArrayNode) container.get("env"))
        .add(
            TextNode.valueOf(
                TemplateWriter.LINE
                    + "{{- with .Values.env }}{{ toYaml . | nindent %d }}{{- end }}"));
  }

  private static void policy(ObjectNode policy, String name) {
    switch (name) {
      case "services-to-postgres" -> destination(policy, "database");
      case "parts-to-redis" -> destination(policy, "redis");
      case "attachment-service-to-s3" -> destination(policy, "s3");
      case "entry-point-to-gateway" -> namespace(policy, template(".Values.gatewayApi.namespace"));
      case "ingress-to-gateway" -> namespace(policy, template(".Values.ingress.namespace"));
      case "prometheus-to-management" ->
          namespace(policy, template(".Values.monitoring.namespace"));
      case "parts-to-collector" -> destination(policy, "tracing");
      default -> {}
    }
  }

  private static void destination(ObjectNode policy, String value) {
    ObjectNode rule = (ObjectNode) policy.at("/spec/egress/0");
    rule.put("to", template(".Values.%s.peers | toJson".formatted(value)));
    ((ObjectNode) rule.at("/ports/0")).put("port", template(".Values.%s.port".formatted(value)));
  }

  private static void namespace(ObjectNode policy, String value) {
    ((ObjectNode) policy.at("/spec/ingress/0/from/0/namespaceSelector/matchExpressions/0"))
        .putArray("values")
        .add(value);
  }

  private static String template(String expression) {
    return TemplateWriter.TEMPLATE + "{{ " + expression + " }}";
  }

  /// The key of a component in the values.
  static String value(String module) {
    return Stream.of(module.split("-"))
        .reduce((all, word) -> all + Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .orElseThrow();
  }
}
