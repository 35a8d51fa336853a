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

/// Whom a filter lets through. What identity providers ask all the time, whether somebody of a name
/// or an address is there, goes by an index; for anything else inDirectory is looked at.
final class ScimFilter {

  private ScimFilter() {}

  /// Those of the tenant's people whom the filter lets through, ordered by id.
  ///
  /// @throws ScimException 400 where it is none
  static List<Person> people(String text) throws ScimException {
    Filter filter = meant(Filter.fromString(text));
    List<Person> found = new ArrayList<>();
    for (Person person : byIndex(filter, "").orElseGet(Person::inDirectory)) {
      if (!person.deleted && FilterEvaluator.evaluate(filter, ScimUser.node(person))) {
        found.add(person);
      }
    }
    return found;
  }

  /// An address that equals something is one whose value does.
  private static Filter meant(Filter filter) {
    if (filter.getFilterType() == FilterType.AND) {
      return Filter.and(filter.getCombinedFilters().stream().map(ScimFilter::meant).toList());
    }
    return filter.getFilterType() == FilterType.EQUAL
            && attribute(filter.getAttributePath()).equals("emails")
        ? Filter.eq(filter.getAttributePath().attribute("value"), filter.getComparisonValue())
        : filter;
  }

  /// At least all those whom the filter lets through, where an index tells them.
  ///
  /// @param within the attribute, and a dot, that the filter is about parts of
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
      return Optional.of(List.of()); // PostgreSQL knows no NUL, and nothing equals a text with one
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
