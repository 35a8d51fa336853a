/// Typing signals over Redis Pub/Sub. Signals are not stored: they have no position and are never
/// repeated. Never decides who may signal.
@NullMarked
package com.secureapprove.chat.platform.signals;

import org.jspecify.annotations.NullMarked;
