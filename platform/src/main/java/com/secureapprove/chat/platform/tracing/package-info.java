/// Spans for an OpenTelemetry collector, an option. While it is off, no class of the SDK is loaded.
///
/// Spans never contain a token, a text, a name, a path or a query string.
@NullMarked
package com.secureapprove.chat.platform.tracing;

import org.jspecify.annotations.NullMarked;
