/// A service's copy of the directory, for names and for who may be talked to. presence-service owns
/// it: its events feed the copy, and it is asked where somebody is missing. Never what a service
/// does with whom it knows.
@NullMarked
package com.secureapprove.chat.serviceplatform.people;

import org.jspecify.annotations.NullMarked;
