/// What has happened to other chat servers, tried from the outside.
@NullMarked
package com.secureapprove.chat.systemtests.attacks;

import org.jspecify.annotations.NullMarked;
