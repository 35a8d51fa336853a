/// The whole suite on one machine: its components, their environments, the order of start and stop,
/// and the handling of failed processes. Start reading at [Stack]. Each component is its own
/// process.
@NullMarked
package com.secureapprove.chat.localstack.stack;

import org.jspecify.annotations.NullMarked;
