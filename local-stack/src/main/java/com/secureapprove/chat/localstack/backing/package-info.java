/// The real programs under the services: PostgreSQL with its durable settings on, Redis with its
/// append-only file, Keycloak. Each is started detached and written into a ledger; nothing in here
/// ends one when this program ends.
@NullMarked
package com.secureapprove.chat.localstack.backing;

import org.jspecify.annotations.NullMarked;
