/// What `openapi.yaml` and `asyncapi.yaml` promise, held against everything that the suite answers
/// to any test: what is not promised fails at once, what is promised and never seen at the end.
@NullMarked
package com.secureapprove.chat.systemtests.contract;

import org.jspecify.annotations.NullMarked;
