/// Moving from the Django chat: what people see before and after the import.
@NullMarked
package com.secureapprove.chat.systemtests.migration;

import org.jspecify.annotations.NullMarked;
