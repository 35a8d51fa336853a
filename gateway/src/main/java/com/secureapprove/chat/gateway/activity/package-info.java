/// Who has been active here lately, told to Redis for everybody's presence.
@NullMarked
package com.secureapprove.chat.gateway.activity;

import org.jspecify.annotations.NullMarked;
