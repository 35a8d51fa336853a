/// The manifests on a real Kubernetes API server, with its controllers and scheduler but without
/// containers. `./chat cluster-test` builds these programs and runs this package; `./chat test`
/// does not.
@NullMarked
package com.secureapprove.chat.systemtests.cluster;

import org.jspecify.annotations.NullMarked;
