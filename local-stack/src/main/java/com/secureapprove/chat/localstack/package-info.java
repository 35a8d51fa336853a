/// The stack on one machine, without containers: real PostgreSQL, Redis and Keycloak from build
/// dependencies, for `./chat` and for the tests of every module. Knows the services only as
/// programs that it starts; none of them knows it.
@NullMarked
package com.secureapprove.chat.localstack;

import org.jspecify.annotations.NullMarked;
