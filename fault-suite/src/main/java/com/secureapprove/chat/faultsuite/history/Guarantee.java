package com.secureapprove.chat.faultsuite.history;

/// The checked guarantees.
public enum Guarantee {
  COVERAGE("the run had messages, events and faults", "run"),
  NO_LOST_ACKNOWLEDGEMENT(
      "every acknowledged message is stored once, as it was acknowledged", "acknowledgements"),
  INTEGRITY("every stored message equals a sent message, in the same conversation", "messages"),
  GAPLESS_SEQUENCE("the messages of a conversation are numbered 1, 2, 3 …", "messages"),
  IDEMPOTENT_SENDS("an idempotency key names one message in a conversation", "messages"),
  TOTAL_ORDER("all members see the same messages in the same order", "observed messages"),
  EXACTLY_ONCE_IN_ORDER("events deliver every message once and in order", "events"),
  ACCESS_ISOLATION(
      "people receive only data that they may see", "observed messages and access probes"),
  CONVERGENCE("every device of a member has every message at the end", "messages on devices"),
  LISTED_ONCE("a conversation is listed once for each member", "list entries"),
  UNREAD_COUNT(
      "the unread count is the number of others' messages after the read position", "list entries"),
  MONOTONIC_READ_POSITION("a confirmed read position never moves back", "confirmed positions"),
  NO_SPURIOUS_READ("a read position moves only on request of a device", "positions"),
  ALLOWED_RESPONSES(
      "clients get only responses and close codes that faults excuse", "responses and close codes"),
  QUIESCENCE(
      "every device is connected, and has sent and fetched everything, at the end", "devices"),
  RECOVERY("harmed components recover, and no component ends without a fault", "faults"),
  NO_INTERNAL_ERRORS("no component logs an internal error or dead-letters an event", "log lines"),
  FILE_DURABILITY("the file of an acknowledged message can be downloaded, byte for byte", "files");

  private final String description;
  private final String checkedUnit;

  Guarantee(String description, String checkedUnit) {
    this.description = description;
    this.checkedUnit = checkedUnit;
  }

  public String description() {
    return description;
  }

  /// The unit of the number of checks, in the plural.
  public String checkedUnit() {
    return checkedUnit;
  }
}
