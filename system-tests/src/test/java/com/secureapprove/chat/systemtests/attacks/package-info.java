/// Attacks that other chat servers have suffered, run from the outside.
@NullMarked
package com.secureapprove.chat.systemtests.attacks;

import org.jspecify.annotations.NullMarked;
