package com.secureapprove.chat.platform.signals;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// A person is typing in a conversation.
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record TypingSignal(UUID conversationId, String userId, String userName) {}
