package com.secureapprove.chat.systemtests.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The fields of bodies, queries and frames that hold an id, and ids of another tenant for each.
final class IdFields {
  /// A client chooses these itself.
  private static final Set<String> OF_CLIENTS =
      Set.of("client_message_id", "last_event_id", "externalId");

  private final String person;
  private final String conversation;
  private final String message;
  private final String file;

  /// Makes a person with a conversation, a message and a file in a separate tenant.
  IdFields(Suite suite) {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("mallory", "marvin");
    ChatUser mallory = people.getFirst();
    person = mallory.id();
    conversation = mallory.startWith(people.get(1));
    message = mallory.say(conversation, "not yours").path("id").asText();
    file =
        mallory
            .send(
                "POST",
                "attachments/",
                ContractSamples.FORM,
                BodyPublishers.ofByteArray(ContractSamples.form("file", ContractSamples.png())))
            .expect(201)
            .path("id")
            .asText();
  }

  /// The fields of a schema that hold an id or several.
  static List<String> of(JsonNode schema) {
    List<String> fields = new ArrayList<>();
    schema
        .path("properties")
        .fieldNames()
        .forEachRemaining(name -> {
          if (isId(name)) {
            fields.add(name);
          }
        });
    return fields;
  }

  static boolean isId(String name) {
    return !OF_CLIENTS.contains(name) && (name.matches("(.*_)?ids?") || name.equals("up_to"));
  }

  /// An id of the other tenant.
  ///
  /// @throws AssertionError if the field is new, and belongs into this list
  String foreign(String field) {
    return switch (field) {
      case "participant_id", "participant_ids", "user_ids" -> person;
      case "conversation_id" -> conversation;
      case "up_to", "since_id", "before_id" -> message;
      case "attachment_ids" -> file;
      default -> throw new AssertionError("no foreign id is known for the field " + field);
    };
  }

  /// An id of the other tenant for the path of an operation.
  String foreign(Operation operation) {
    return operation.path().contains("/attachments/")
        ? file
        : operation.path().contains("/conversations/") ? conversation : person;
  }

  /// One id, or a list of one.
  static Object value(String field, String id) {
    return field.endsWith("s") ? List.of(id) : id;
  }
}
