package com.secureapprove.chat.attachment.inspection;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;

/// The reasons for which a file is refused with 415.
final class Refusals {
  private Refusals() {}

  static ProblemException notAllowed() {
    return because("The type of the file is not allowed");
  }

  static ProblemException active() {
    return because("Web pages, scripts and programs are not allowed");
  }

  static ProblemException macros() {
    return because("Documents with macros are not allowed");
  }

  static ProblemException isProtected() {
    return because(
        "The document is protected by a password. Remove the protection and upload it again");
  }

  private static ProblemException because(String detail) {
    return new ProblemException(Problem.UNSUPPORTED_TYPE, detail);
  }
}
