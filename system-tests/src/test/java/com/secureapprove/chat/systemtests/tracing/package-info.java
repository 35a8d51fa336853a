/// Tests of the spans that the components export.
@NullMarked
package com.secureapprove.chat.systemtests.tracing;

import org.jspecify.annotations.NullMarked;
