package com.secureapprove.chat.testsupport.database;

import org.jspecify.annotations.Nullable;

/// The removal of one protection.
///
/// @param table the table that is checked afterwards; null if it concerns roles or the schema
record SchemaMutation(@Nullable SchemaTable table, String sql) {}
