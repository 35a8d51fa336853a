package com.secureapprove.chat.contracts;

import java.util.Arrays;
import java.util.Optional;

/// Why the directory does not admit a verified account. The detail of the problem (403) tells.
public enum SignInRefusal {
  /// The directory has no person for the account.
  UNKNOWN("The account is not in this tenant's directory"),

  /// The person is deactivated or deleted.
  INACTIVE("The person is deactivated in this tenant's directory"),

  /// Several people match the account.
  AMBIGUOUS("Several people of this tenant's directory match the account"),

  /// The person signs in with another account of the issuer.
  LINKED("The name is linked to another account; an administrator can unlink it"),

  /// An administrator has just unlinked this account.
  UNLINKED("An administrator has just unlinked this account; it can sign in again later");

  private final String detail;

  SignInRefusal(String detail) {
    this.detail = detail;
  }

  /// The detail of the problem.
  public String detail() {
    return detail;
  }

  /// The refusal with this detail.
  public static Optional<SignInRefusal> ofDetail(String detail) {
    return Arrays.stream(values()).filter(each -> each.detail.equals(detail)).findFirst();
  }
}
