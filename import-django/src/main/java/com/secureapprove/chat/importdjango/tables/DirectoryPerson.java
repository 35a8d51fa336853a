package com.secureapprove.chat.importdjango.tables;

/// A person of the tenant's directory, as services copy it.
public record DirectoryPerson(String id, String name, String email, boolean active, long version) {}
