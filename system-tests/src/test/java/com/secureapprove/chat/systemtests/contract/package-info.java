/// Validates every response and frame of all tests against `openapi.yaml` and `asyncapi.yaml`. An
/// undocumented response fails its test. A documented one that no test receives fails the last
/// test.
@NullMarked
package com.secureapprove.chat.systemtests.contract;

import org.jspecify.annotations.NullMarked;
