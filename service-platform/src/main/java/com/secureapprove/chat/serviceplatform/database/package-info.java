/// The tenant on every database transaction, so that row-level security and Hibernate's
/// discriminator see it.
@NullMarked
package com.secureapprove.chat.serviceplatform.database;

import org.jspecify.annotations.NullMarked;
