/// How JSON looks everywhere: `snake_case`, enums by their wire name, times in UTC milliseconds.
@NullMarked
package com.secureapprove.chat.platform.json;

import org.jspecify.annotations.NullMarked;
