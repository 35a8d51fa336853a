/// Messages: their order, their history, and how far everybody has received and read them.
@NullMarked
package com.secureapprove.chat.message;

import org.jspecify.annotations.NullMarked;
