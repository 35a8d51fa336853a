/// The stack on one machine, without containers: real PostgreSQL, Redis and Keycloak from build
/// dependencies, for `./chat` and, through test-support, for the tests of every module. It starts
/// the services as programs and never depends on their code. They never depend on this package.
@NullMarked
package com.secureapprove.chat.localstack;

import org.jspecify.annotations.NullMarked;
