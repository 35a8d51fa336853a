/// Compares the manifests of Kubernetes and Compose with each other and with the code. Starts
/// nothing; reads rendered manifests.
package com.secureapprove.chat.systemtests.manifests;
