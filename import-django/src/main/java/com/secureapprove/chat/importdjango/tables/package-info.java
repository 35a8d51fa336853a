/// The tables of the four services. Each is written with the role of its service, under row-level
/// security of the tenant.
@NullMarked
package com.secureapprove.chat.importdjango.tables;

import org.jspecify.annotations.NullMarked;
