/// Checks of the database schemas of services: roles, grants and row-level security, and whether
/// the checks fail when one of these is removed. Everything runs in transactions that are rolled
/// back.
@NullMarked
package com.secureapprove.chat.testsupport.database;

import org.jspecify.annotations.NullMarked;
