/// How the parts stop and hang: what was asked before is answered, and what is asked of others too.
@NullMarked
package com.secureapprove.chat.systemtests.ending;

import org.jspecify.annotations.NullMarked;
