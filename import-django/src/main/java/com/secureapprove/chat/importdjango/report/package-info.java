/// What an import did and found: counts, and a list of everything that is not as before.
@NullMarked
package com.secureapprove.chat.importdjango.report;

import org.jspecify.annotations.NullMarked;
