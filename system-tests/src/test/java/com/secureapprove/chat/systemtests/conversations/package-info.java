/// Tests of all contract rules on conversations and groups, with their errors and frames.
@NullMarked
package com.secureapprove.chat.systemtests.conversations;

import org.jspecify.annotations.NullMarked;
