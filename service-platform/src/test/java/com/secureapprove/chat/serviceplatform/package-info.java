/// Runs the classes of service-platform as a service would, on a real PostgreSQL and Redis, with a
/// sample aggregate and a sample handler.
@NullMarked
package com.secureapprove.chat.serviceplatform;

import org.jspecify.annotations.NullMarked;
