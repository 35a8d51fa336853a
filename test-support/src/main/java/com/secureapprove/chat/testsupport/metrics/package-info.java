/// The metrics of a component as Prometheus reads them.
@NullMarked
package com.secureapprove.chat.testsupport.metrics;

import org.jspecify.annotations.NullMarked;
