package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import java.util.Map;
import java.util.Set;

/// The options of a stack, complete.
///
/// @param components those that the stack runs itself
/// @param gatewaySettings additional configuration properties of the gateway
/// @param proxyPorts loopback proxies through which the components reach PostgreSQL and Redis
record StackOptions(
    Checkout checkout,
    StackHome home,
    StackPorts ports,
    Progress progress,
    Set<Component> components,
    Backing backing,
    Map<String, String> gatewaySettings,
    Map<String, String> variables,
    Map<Component, Integer> proxyPorts,
    RunMode runMode) {}
