/// How far each participant has received and read. Positions only ever move forward.
@NullMarked
package com.secureapprove.chat.message.receipts;

import org.jspecify.annotations.NullMarked;
