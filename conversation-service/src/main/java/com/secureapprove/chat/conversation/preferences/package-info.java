/// Archive and mute settings of one participant. Other participants never see them.
@NullMarked
package com.secureapprove.chat.conversation.preferences;

import org.jspecify.annotations.NullMarked;
