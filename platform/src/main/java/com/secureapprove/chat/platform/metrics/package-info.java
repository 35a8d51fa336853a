/// What the meters of all components share: the buckets of histograms.
@NullMarked
package com.secureapprove.chat.platform.metrics;

import org.jspecify.annotations.NullMarked;
