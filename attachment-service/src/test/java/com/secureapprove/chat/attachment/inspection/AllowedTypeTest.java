package com.secureapprove.chat.attachment.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.contracts.MessageLimits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AllowedTypeTest {

  @Test
  void clientsAreToldExactlyTheAllowedTypes() {
    assertThat(MessageLimits.ATTACHMENT_TYPES)
        .containsExactlyElementsOf(
            Arrays.stream(AllowedType.values()).map(AllowedType::mediaType).toList());
  }
}
