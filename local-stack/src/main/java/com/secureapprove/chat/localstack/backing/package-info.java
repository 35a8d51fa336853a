/// The programs that the services need: PostgreSQL with durability on, Redis with its append-only
/// file, and Keycloak. Each is started detached and recorded in a ledger. The end of this program
/// never stops them.
@NullMarked
package com.secureapprove.chat.localstack.backing;

import org.jspecify.annotations.NullMarked;
