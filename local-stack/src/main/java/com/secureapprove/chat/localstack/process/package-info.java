/// Processes that outlive the program that started them. They are recorded, so that a later program
/// can identify and stop them. Knows nothing of their purpose.
@NullMarked
package com.secureapprove.chat.localstack.process;

import org.jspecify.annotations.NullMarked;
