/// Processes that outlive the program that started them. They are recorded, so that a later program
/// can identify and stop them. Never depends on what a process does.
@NullMarked
package com.secureapprove.chat.localstack.process;

import org.jspecify.annotations.NullMarked;
