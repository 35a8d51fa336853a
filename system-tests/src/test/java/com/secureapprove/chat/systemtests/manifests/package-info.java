/// Holds the manifests of Kubernetes and Compose against each other and against the code that they
/// run. Starts nothing: what is rendered is read.
package com.secureapprove.chat.systemtests.manifests;
