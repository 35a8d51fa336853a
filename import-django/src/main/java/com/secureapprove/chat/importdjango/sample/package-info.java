/// Generates a database and media files as the Django chat leaves them, for trials, tests and
/// measurements.
@NullMarked
package com.secureapprove.chat.importdjango.sample;

import org.jspecify.annotations.NullMarked;
