/// Sets the tenant on every database transaction, for row-level security and Hibernate's
/// discriminator.
@NullMarked
package com.secureapprove.chat.serviceplatform.database;

import org.jspecify.annotations.NullMarked;
