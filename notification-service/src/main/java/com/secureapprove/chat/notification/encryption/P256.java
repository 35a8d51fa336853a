package com.secureapprove.chat.notification.encryption;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/// Keys on the curve P-256, in the uncompressed form of 65 bytes.
final class P256 {
  static final int UNCOMPRESSED = 65;
  private static final int COORDINATE = 32;
  private static final byte MARK = 4;
  private static final String CURVE = "secp256r1";

  private P256() {}

  static KeyPair generate() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE));
    return generator.generateKeyPair();
  }

  /// @throws GeneralSecurityException if the bytes are no point of the curve
  static ECPublicKey publicKey(byte[] uncompressed) throws GeneralSecurityException {
    if (uncompressed.length != UNCOMPRESSED || uncompressed[0] != MARK) {
      throw new GeneralSecurityException("not an uncompressed point");
    }
    ECPoint point =
        new ECPoint(
            new BigInteger(1, Arrays.copyOfRange(uncompressed, 1, 1 + COORDINATE)),
            new BigInteger(1, Arrays.copyOfRange(uncompressed, 1 + COORDINATE, UNCOMPRESSED)));
    ECParameterSpec curve = curve();
    requireOnCurve(point, curve);
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
  }

  /// @throws GeneralSecurityException if the bytes are no scalar of the curve
  static PrivateKey privateKey(byte[] scalar) throws GeneralSecurityException {
    ECParameterSpec curve = curve();
    BigInteger value = new BigInteger(1, scalar);
    if (scalar.length != COORDINATE
        || value.signum() == 0
        || value.compareTo(curve.getOrder()) >= 0) {
      throw new GeneralSecurityException("not a scalar of the curve");
    }
    return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(value, curve));
  }

  /// A point that is not on the curve would reveal the private key.
  private static void requireOnCurve(ECPoint point, ECParameterSpec curve)
      throws GeneralSecurityException {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right =
        x.modPow(BigInteger.valueOf(3), p)
            .add(curve.getCurve().getA().multiply(x))
            .add(curve.getCurve().getB())
            .mod(p);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.multiply(y).mod(p).equals(right)) {
      throw new GeneralSecurityException("not a point of the curve");
    }
  }

  static byte[] uncompressed(ECPublicKey key) {
    byte[] bytes = new byte[UNCOMPRESSED];
    bytes[0] = MARK;
    copy(key.getW().getAffineX(), bytes, 1);
    copy(key.getW().getAffineY(), bytes, 1 + COORDINATE);
    return bytes;
  }

  private static void copy(BigInteger coordinate, byte[] target, int start) {
    byte[] value = coordinate.toByteArray();
    int length = Math.min(COORDINATE, value.length);
    System.arraycopy(value, value.length - length, target, start + COORDINATE - length, length);
  }

  static ECParameterSpec curve() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(CURVE));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }
}
