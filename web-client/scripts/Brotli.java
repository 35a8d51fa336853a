import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes FILE.br, the file compressed with brotli at its best quality.
final class Brotli {
  private static final int BEST_QUALITY = 11;

  private Brotli() {}

  public static void main(String[] files) throws IOException {
    Brotli4jLoader.ensureAvailability();
    for (String file : files) {
      byte[] plain = Files.readAllBytes(Path.of(file));
      Files.write(
          Path.of(file + ".br"),
          Encoder.compress(plain, Encoder.Parameters.create(BEST_QUALITY)));
    }
  }
}
