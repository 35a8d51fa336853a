package com.secureapprove.chat.notification.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushEncryptionTest {
  private static final String P256DH =
      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
  private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
  private static final String SENDER =
      "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
  private static final String SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
  private static final String CONTACT = "mailto:ops@chat.example";

  /// Appendix A of RFC 8291.
  @Test
  void theExampleOfTheStandardHasItsResult() throws Exception {
    KeyPair sender =
        new KeyPair(P256.publicKey(decoded(SENDER)), P256.privateKey(decoded(SENDER_PRIVATE)));

    byte[] body =
        PushEncryption.encrypt(
            "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII),
            UserAgentKeys.of(P256DH, AUTH),
            sender,
            decoded("DGv6ra1nlYgDCS1FRnbzlw"));

    assertThat(body)
        .isEqualTo(
            decoded(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                    + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                    + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PushEncryption.MAX_BYTES})
  void aBodyHasAtMostFourKibibytes(int length) throws Exception {
    assertThat(PushEncryption.encrypt(new byte[length], UserAgentKeys.of(P256DH, AUTH)))
        .hasSizeLessThanOrEqualTo(4_096);
  }

  @Test
  void aPointThatIsNotOnTheCurveIsRefused() {
    byte[] wrong = decoded(P256DH);
    wrong[64] ^= 1;

    for (byte[] point : new byte[][] {wrong, new byte[65], new byte[33], new byte[0]}) {
      String text = Base64.getUrlEncoder().encodeToString(point);
      assertThatThrownBy(() -> UserAgentKeys.of(text, AUTH))
          .isInstanceOf(GeneralSecurityException.class);
    }
    assertThatThrownBy(() -> UserAgentKeys.of(P256DH, "c2hvcnQ"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @ParameterizedTest
  @CsvSource({
    SENDER + ", " + SENDER_PRIVATE + ", ops@chat.example, contact",
    P256DH + ", " + SENDER_PRIVATE + ", " + CONTACT + ", not the public key",
    SENDER + ", AAAA, " + CONTACT + ", keys on P-256",
    "nonsense!, " + SENDER_PRIVATE + ", " + CONTACT + ", keys on P-256"
  })
  void wrongKeysOfTheInstallationAreRefusedWithTheirSetting(
      String publicKey, String privateKey, String contact, String reason) {
    assertThatThrownBy(() -> Vapid.of(publicKey, privateKey, contact))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
