/// Invalid input gets a clear error and changes nothing.
@NullMarked
package com.secureapprove.chat.systemtests.badinput;

import org.jspecify.annotations.NullMarked;
