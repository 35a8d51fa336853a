/// The memberships that authorise sending and reading: copies of conversation-service's, applied in
/// the order of their versions. Start reading at [Memberships]. Never decides who belongs to a
/// conversation.
@NullMarked
package com.secureapprove.chat.message.membership;

import org.jspecify.annotations.NullMarked;
