/// What is wrong is answered clearly, and leaves nothing behind.
@NullMarked
package com.secureapprove.chat.systemtests.badinput;

import org.jspecify.annotations.NullMarked;
