/// A service's copy of the directory: names, and which people are active. presence-service owns the
/// directory; its events feed the copy, and it is asked for missing people.
@NullMarked
package com.secureapprove.chat.serviceplatform.people;

import org.jspecify.annotations.NullMarked;
