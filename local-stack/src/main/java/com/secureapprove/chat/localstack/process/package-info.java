/// Processes that outlive the program which started them: who they are, written down, so that
/// whoever comes next can tell them from strangers and end them. Knows nothing of what they do.
@NullMarked
package com.secureapprove.chat.localstack.process;

import org.jspecify.annotations.NullMarked;
