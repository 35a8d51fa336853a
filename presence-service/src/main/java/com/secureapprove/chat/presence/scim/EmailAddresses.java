package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The multi-valued attribute `emails` during one request. The directory keeps one address.
final class EmailAddresses {

  private record Email(@Nullable String value, @Nullable String type, boolean primary) {
    static final Email NONE = new Email(null, null, false);

    ObjectNode node() {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("value", value);
      node.put("type", type);
      node.put("primary", primary);
      return (ObjectNode) JsonUtils.valueToNode(node);
    }

    Email with(String attribute, JsonNode given) throws ScimException {
      return switch (attribute.toLowerCase(Locale.ROOT)) {
        case "value" -> new Email(ScimValues.text("emails.value", given), type, primary);
        case "type" -> new Email(value, ScimValues.text("emails.type", given), primary);
        case "primary" ->
            new Email(value, type, Boolean.TRUE.equals(ScimValues.truth("emails.primary", given)));
        default -> this;
      };
    }

    Email with(JsonNode members) throws ScimException {
      Email email = this;
      for (Map.Entry<String, JsonNode> member : members.properties()) {
        email = email.with(member.getKey(), member.getValue());
      }
      return email;
    }
  }

  private final List<Email> emails = new ArrayList<>();

  /// Starts with the address that the directory keeps.
  static EmailAddresses of(String address) {
    EmailAddresses addresses = new EmailAddresses();
    if (!address.isEmpty()) {
      addresses.emails.add(new Email(address, "work", true));
    }
    return addresses;
  }

  /// Returns the address to keep: the primary one, else one of the type `work`, else the first.
  /// Empty without any.
  String kept() {
    return emails.stream()
        .filter(email -> email.value() != null && !email.value().isBlank())
        .min(
            Comparator.comparing((Email email) -> !email.primary())
                .thenComparing(email -> !"work".equalsIgnoreCase(email.type())))
        .map(email -> String.valueOf(email.value()))
        .orElse("");
  }

  void clear() {
    emails.clear();
  }

  /// Replaces all addresses by a list.
  void replace(JsonNode list) throws ScimException {
    emails.clear();
    add(list);
  }

  /// Adds a list of addresses.
  void add(JsonNode list) throws ScimException {
    if (!list.isArray()) {
      throw ScimValues.invalid("emails must be a list");
    }
    for (JsonNode element : list) {
      if (!element.isObject()) {
        throw ScimValues.invalid("An element of emails must be an object");
      }
      add(Email.NONE.with(element));
    }
  }

  private void add(Email added) {
    if (added.primary()) {
      emails.replaceAll(email -> new Email(email.value(), email.type(), false));
    }
    emails.add(added);
  }

  /// Sets the matching addresses, or adds one with the values for which the filter asks.
  ///
  /// @param filter null for all addresses
  /// @param attribute null for the whole address
  void set(@Nullable Filter filter, @Nullable String attribute, JsonNode value)
      throws ScimException {
    if (attribute == null && !value.isObject()) {
      throw ScimValues.invalid("An element of emails must be an object");
    }
    boolean found = false;
    for (int i = 0; i < emails.size(); i++) {
      if (matches(filter, emails.get(i))) {
        emails.set(i, changed(emails.get(i), attribute, value));
        found = true;
      }
    }
    if (!found) {
      add(changed(filter == null ? Email.NONE : described(filter), attribute, value));
    }
  }

  private static Email changed(Email email, @Nullable String attribute, JsonNode value)
      throws ScimException {
    return attribute == null ? email.with(value) : email.with(attribute, value);
  }

  /// Removes the matching addresses, or one attribute of them.
  void remove(@Nullable Filter filter, @Nullable String attribute) throws ScimException {
    for (int i = emails.size() - 1; i >= 0; i--) {
      if (matches(filter, emails.get(i))) {
        if (attribute == null) {
          emails.remove(i);
        } else {
          emails.set(i, emails.get(i).with(attribute, JsonNodeFactory.instance.nullNode()));
        }
      }
    }
  }

  /// Removes the listed addresses.
  void remove(JsonNode list) throws ScimException {
    for (JsonNode element : list) {
      String value = ScimValues.text("emails.value", element.path("value"));
      emails.removeIf(email -> value != null && value.equalsIgnoreCase(email.value()));
    }
  }

  private static boolean matches(@Nullable Filter filter, Email email) throws ScimException {
    return filter == null || ScimFilter.matches(filter, email.node());
  }

  /// Returns an address with the values that an equality filter names.
  private static Email described(Filter filter) throws ScimException {
    if (filter.getFilterType() == FilterType.AND) {
      Email email = Email.NONE;
      for (Filter each : filter.getCombinedFilters()) {
        Email one = described(each);
        email =
            new Email(
                one.value() == null ? email.value() : one.value(),
                one.type() == null ? email.type() : one.type(),
                one.primary() || email.primary());
      }
      return email;
    }
    return filter.getFilterType() == FilterType.EQUAL && filter.getAttributePath().size() == 1
        ? Email.NONE.with(
            filter.getAttributePath().getElement(0).getAttribute(), filter.getComparisonValue())
        : Email.NONE;
  }
}
