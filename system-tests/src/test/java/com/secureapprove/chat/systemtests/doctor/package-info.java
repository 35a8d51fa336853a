/// The command `./chat doctor`, against the running suite and against broken installations.
@NullMarked
package com.secureapprove.chat.systemtests.doctor;

import org.jspecify.annotations.NullMarked;
