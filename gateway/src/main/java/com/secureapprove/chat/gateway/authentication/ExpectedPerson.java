package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// The person for whom a client acts. The cookie or token of a browser window can change to another
/// person's while the window still shows the first one: in another tab, or in the host application.
/// A client that names its person is then refused, so that it never reads or sends for another.
public final class ExpectedPerson {
  /// The header of a request with the person's id.
  public static final String HEADER = "X-Chat-User";

  /// The query parameter of a WebSocket, for which browsers cannot set headers.
  public static final String PARAMETER = "user_id";

  private ExpectedPerson() {}

  /// Whether the caller is the expected person.
  ///
  /// @param expected an id; null if the client names no person
  public static boolean is(@Nullable String expected, AuthenticatedCaller caller) {
    return expected == null || expected.equals(caller.person().userId());
  }

  /// @throws ProblemException 401 if the caller is another person than the expected one
  public static void require(@Nullable String expected, AuthenticatedCaller caller) {
    if (!is(expected, caller)) {
      throw new ProblemException(Problem.OTHER_PERSON, "The credentials are of another person");
    }
  }
}
