/// People who use the chat as any client may, whatever happens to it: they send until they are told
/// that it was kept, come back where they were, and write down what they see.
@NullMarked
package com.secureapprove.chat.systemtests.chaos.clients;

import org.jspecify.annotations.NullMarked;
