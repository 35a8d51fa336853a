/// Compares every answer of the suite to any test with `openapi.yaml` and `asyncapi.yaml`. What is
/// not documented fails the test that met it; what is documented and never seen fails at the end.
@NullMarked
package com.secureapprove.chat.systemtests.contract;

import org.jspecify.annotations.NullMarked;
