/// The real PostgreSQL, Redis and Keycloak of the tests. All test modules of one build share them,
/// and a separate process stops them after the build. Never used by a component or by `./chat`.
@NullMarked
package com.secureapprove.chat.testsupport.backing;

import org.jspecify.annotations.NullMarked;
