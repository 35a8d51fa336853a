/// How the parts stop: what was asked of them before is answered.
@NullMarked
package com.secureapprove.chat.systemtests.ending;

import org.jspecify.annotations.NullMarked;
