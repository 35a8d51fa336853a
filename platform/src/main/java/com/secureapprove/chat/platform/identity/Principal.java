package com.secureapprove.chat.platform.identity;

import java.util.Set;

/// The person in whose name a part calls, as the directory knows them.
public record Principal(String userId, String name, String email, Set<String> roles) {}
