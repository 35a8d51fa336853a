/// Creates direct conversations, one for each pair of people, and inserts groups. It never changes
/// an existing conversation.
@NullMarked
package com.secureapprove.chat.conversation.creation;

import org.jspecify.annotations.NullMarked;
