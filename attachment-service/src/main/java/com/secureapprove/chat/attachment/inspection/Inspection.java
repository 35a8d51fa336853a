package com.secureapprove.chat.attachment.inspection;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/// Finds out what a file is.
@Singleton
public class Inspection {
  /// What clients say where they do not know.
  private static final Set<String> NOTHING_SAID =
      Set.of("", "application/octet-stream", "binary/octet-stream", "application/x-download");

  private static final Set<String> ZIPS =
      Set.of("application/zip", "application/x-tika-ooxml", "application/x-tika-ooxml-protected");

  private final MimeTypes magic = MimeTypes.getDefaultMimeTypes();

  /// The type of the bytes.
  ///
  /// @param name as the client calls it; its ending must fit the bytes
  /// @param said the media type that the client gives, if any; it must fit the bytes
  /// @throws ProblemException 415 where the type is not allowed, or not what name or client say
  public AllowedType inspect(Path file, String name, @Nullable String said) throws IOException {
    AllowedType type =
        typeOf(file, ending(name)).orElseThrow(() -> refusal("Files of this type are not allowed"));
    String ending = ending(name);
    boolean nameFits =
        ending.isEmpty() || AllowedType.ofEnding(ending).filter(type::isOfOneKindWith).isPresent();
    String mediaType = mediaType(said);
    boolean saidFits =
        NOTHING_SAID.contains(mediaType)
            || AllowedType.ofMediaType(mediaType).filter(type::isOfOneKindWith).isPresent();
    if (!nameFits || !saidFits) {
      throw refusal("The file is not what it is said to be");
    }
    return type;
  }

  private Optional<AllowedType> typeOf(Path file, String ending) throws IOException {
    String detected;
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      detected = magic.detect(bytes, new Metadata()).getBaseType().toString();
    }
    if (ZIPS.contains(detected)) {
      return OfficeFiles.inZip(file);
    }
    return switch (detected) {
      case "application/x-tika-msoffice" -> OfficeFiles.inCompound(file);
      case "text/plain", "text/csv" ->
          PlainText.is(file)
              ? Optional.of(
                  AllowedType.ofEnding(ending)
                      .filter(AllowedType.CSV::equals)
                      .orElse(AllowedType.TEXT))
              : Optional.empty();
      default -> AllowedType.ofMediaType(detected);
    };
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String mediaType(@Nullable String said) {
    return said == null ? "" : said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(Problem.UNSUPPORTED_TYPE, detail);
  }
}
