/// Reads what the tested component logs.
@NullMarked
package com.secureapprove.chat.testsupport.log;

import org.jspecify.annotations.NullMarked;
