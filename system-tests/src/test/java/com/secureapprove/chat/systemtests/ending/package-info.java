/// Components that stop or hang: pending requests are answered, and other requests too.
@NullMarked
package com.secureapprove.chat.systemtests.ending;

import org.jspecify.annotations.NullMarked;
