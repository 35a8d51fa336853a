/// Delivered and read positions of participants, and the message statuses that follow from them.
/// Start reading at [ReadState] and [PositionUpdate]. Positions never move backwards; nothing here
/// is written for each recipient of a message.
@NullMarked
package com.secureapprove.chat.message.receipts;

import org.jspecify.annotations.NullMarked;
