/// Reads messages back, page by page. Start reading at [HistoryResource]. Never writes messages;
/// fetching a page moves the reader's delivered position.
@NullMarked
package com.secureapprove.chat.message.history;

import org.jspecify.annotations.NullMarked;
