package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import com.secureapprove.chat.presence.directory.Person;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Evaluates SCIM filters. Filters for equality of id, user name, external id or e-mail use an
/// index; other filters scan the directory.
final class ScimFilter {

  private ScimFilter() {}

  /// Returns the people who match the filter, ordered by id.
  ///
  /// @throws ScimException 400 if the filter is invalid
  static List<Person> people(String text) throws ScimException {
    Filter filter = parsed(text);
    List<Person> found = new ArrayList<>();
    for (Person person : byIndex(filter, "").orElseGet(Person::inDirectory)) {
      if (!person.deleted && matches(filter, ScimUser.node(person))) {
        found.add(person);
      }
    }
    return found;
  }

  private static Filter parsed(String text) throws ScimException {
    ScimTerms.requireBounded(text, "invalidFilter");
    try {
      return normalized(Filter.fromString(text));
    } catch (BadRequestException e) {
      throw ScimTerms.withoutParserText(e);
    } catch (RuntimeException _) {
      throw malformed();
    }
  }

  /// Whether the filter matches.
  ///
  /// @throws ScimException 400 if the filter compares values that cannot be compared
  static boolean matches(Filter filter, JsonNode node) throws ScimException {
    try {
      return FilterEvaluator.evaluate(filter, node);
    } catch (RuntimeException _) {
      throw malformed();
    }
  }

  private static ScimException malformed() {
    return new ScimException(400, "invalidFilter", "The filter is malformed");
  }

  /// Returns the filter in the terms of the SCIM library. A URN-qualified name becomes the short
  /// one. A truth value in a string, as Entra sends it, becomes a truth value. A comparison of
  /// `emails` compares `emails.value`.
  static Filter normalized(Filter filter) {
    FilterType type = filter.getFilterType();
    if (type == FilterType.AND) {
      return Filter.and(filter.getCombinedFilters().stream().map(ScimFilter::normalized).toList());
    }
    if (type == FilterType.OR) {
      return Filter.or(filter.getCombinedFilters().stream().map(ScimFilter::normalized).toList());
    }
    if (type == FilterType.NOT) {
      return Filter.not(normalized(filter.getInvertedFilter()));
    }
    Path path = unqualified(filter.getAttributePath());
    if (type == FilterType.COMPLEX_VALUE) {
      return Filter.complex(path, normalized(filter.getValueFilter()));
    }
    if (type == FilterType.PRESENT) {
      return Filter.pr(path);
    }
    ValueNode value = filter.getComparisonValue();
    if (type == FilterType.EQUAL) {
      return Filter.eq(
          attribute(path).equals("emails") ? path.attribute("value") : path, truth(path, value));
    }
    return type == FilterType.NOT_EQUAL ? Filter.ne(path, truth(path, value)) : filter;
  }

  private static Path unqualified(Path path) {
    if (path.getSchemaUrn() == null || !ScimTerms.isUserSchema(path.getSchemaUrn())) {
      return path;
    }
    Path shorter = Path.root();
    for (Path.Element element : path) {
      shorter = shorter.attribute(element.getAttribute(), element.getValueFilter());
    }
    return shorter;
  }

  private static ValueNode truth(Path path, ValueNode value) {
    String attribute = attribute(path);
    boolean expected = attribute.endsWith("active") || attribute.endsWith("primary");
    String text = ScimTerms.lower(value.asText());
    return expected && (text.equals("true") || text.equals("false"))
        ? BooleanNode.valueOf(text.equals("true"))
        : value;
  }

  /// Returns a superset of the matching people, if an index can find one.
  ///
  /// @param within the enclosing attribute and a dot, for a filter on its sub-attributes
  private static Optional<List<Person>> byIndex(Filter filter, String within) {
    return switch (filter.getFilterType()) {
      case AND ->
          filter.getCombinedFilters().stream()
              .map(each -> byIndex(each, within))
              .flatMap(Optional::stream)
              .findFirst();
      case COMPLEX_VALUE ->
          byIndex(filter.getValueFilter(), attribute(filter.getAttributePath()) + ".");
      case EQUAL ->
          filter.getComparisonValue().isTextual()
              ? byIndex(
                  within + attribute(filter.getAttributePath()),
                  filter.getComparisonValue().textValue())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<List<Person>> byIndex(String attribute, String value) {
    if (value.indexOf('\0') >= 0) {
      return Optional.of(List.of()); // PostgreSQL rejects NUL in text, so no value matches
    }
    return switch (attribute) {
      case "id" -> Optional.of(Person.withIds(List.of(value)));
      case "externalid" -> Optional.of(Person.withExternalId(value).stream().toList());
      case "username" -> Optional.of(Person.withUserName(value).stream().toList());
      case "emails.value" -> Optional.of(Person.withEmail(value));
      default -> Optional.empty();
    };
  }

  private static String attribute(Path path) {
    return path.getSchemaUrn() != null
        ? ""
        : StreamSupport.stream(path.spliterator(), false)
            .map(Path.Element::getAttribute)
            .collect(Collectors.joining("."))
            .toLowerCase(Locale.ROOT);
  }
}
