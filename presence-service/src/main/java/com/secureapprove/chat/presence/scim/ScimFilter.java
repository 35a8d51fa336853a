package com.secureapprove.chat.presence.scim;

import com.secureapprove.chat.presence.directory.Person;
import com.unboundid.scim2.common.Path;
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
    Filter filter = normalized(Filter.fromString(text));
    List<Person> found = new ArrayList<>();
    for (Person person : byIndex(filter, "").orElseGet(Person::inDirectory)) {
      if (!person.deleted && FilterEvaluator.evaluate(filter, ScimUser.node(person))) {
        found.add(person);
      }
    }
    return found;
  }

  /// A filter for equality of `emails` compares `emails.value`.
  private static Filter normalized(Filter filter) {
    if (filter.getFilterType() == FilterType.AND) {
      return Filter.and(filter.getCombinedFilters().stream().map(ScimFilter::normalized).toList());
    }
    return filter.getFilterType() == FilterType.EQUAL
            && attribute(filter.getAttributePath()).equals("emails")
        ? Filter.eq(filter.getAttributePath().attribute("value"), filter.getComparisonValue())
        : filter;
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
