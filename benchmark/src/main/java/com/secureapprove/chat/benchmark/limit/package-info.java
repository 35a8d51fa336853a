/// The limits that figures are compared with in the same run: one-row commits, bare Vert.x servers
/// and nginx.
@NullMarked
package com.secureapprove.chat.benchmark.limit;

import org.jspecify.annotations.NullMarked;
