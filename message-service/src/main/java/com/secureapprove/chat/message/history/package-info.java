/// Reading messages back.
@NullMarked
package com.secureapprove.chat.message.history;

import org.jspecify.annotations.NullMarked;
