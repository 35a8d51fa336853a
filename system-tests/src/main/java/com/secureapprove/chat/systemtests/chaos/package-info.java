/// The fault suite: people use a real stack while its parts are killed, paused and cut off from
/// each other, and what all of them saw is then held against what is promised.
@NullMarked
package com.secureapprove.chat.systemtests.chaos;

import org.jspecify.annotations.NullMarked;
