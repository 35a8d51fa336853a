package com.secureapprove.chat.attachment.inspection;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/// Detects the type of a file while its bytes arrive, and checks it against the name and the
/// declared type.
@Singleton
public class FileInspection {
  /// Declared types that carry no information.
  private static final Set<String> UNSPECIFIED =
      Set.of("", "application/octet-stream", "binary/octet-stream", "application/x-download");

  private static final Set<String> ZIPS =
      Set.of("application/zip", "application/x-tika-ooxml", "application/x-tika-ooxml-protected");

  /// Types that Tika detects for plain text that begins with words such as "From:", "Article" or
  /// "%%". Types that a browser or a system might render or execute are excluded.
  private static final Set<String> TEXTS =
      Set.of(
          "text/plain",
          "text/csv",
          "message/rfc822",
          "message/news",
          "text/x-diff",
          "text/x-matlab",
          "text/troff",
          "text/vtt");

  private final MimeTypes magic = MimeTypes.getDefaultMimeTypes();

  /// Starts the inspection of a file.
  ///
  /// @param name the name from the client; its extension must match the bytes
  /// @param declared the media type from the client, if any; it must match the bytes
  public TypeDetection start(String name, @Nullable String declared) {
    return new TypeDetection(extension(name), mediaType(declared));
  }

  /// The inspection of one file. Rejects a file as early as its first bytes allow. Not thread-safe.
  public final class TypeDetection {
    private final String extension;
    private final String declared;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private @Nullable Content content;

    private TypeDetection(String extension, String declared) {
      this.extension = extension;
      this.declared = declared;
    }

    /// Processes the next bytes.
    ///
    /// @throws ProblemException 415 as soon as the file cannot have an allowed type
    public void update(byte[] bytes, int offset, int length) throws IOException {
      if (content != null) {
        content.update(bytes, offset, length);
        return;
      }
      head.write(bytes, offset, length);
      if (head.size() >= magic.getMinLength()) {
        begin();
      }
    }

    /// Whether the first bytes have determined a possible type.
    public boolean isTypeKnown() {
      return content != null;
    }

    /// Returns the type after all bytes were processed.
    ///
    /// @throws ProblemException 415 if the type is not allowed, or does not match the name or the
    ///   declared type
    public AllowedType end() throws IOException {
      Content whole = content == null ? begin() : content;
      return fitting(whole.type().orElseThrow(FileInspection::notAllowed));
    }

    private Content begin() throws IOException {
      byte[] bytes = head.toByteArray();
      head.reset();
      Content started = contentOf(detected(bytes));
      started.update(bytes, 0, bytes.length);
      content = started;
      return started;
    }

    private Content contentOf(String detected) {
      if (ZIPS.contains(detected)) {
        fitting(AllowedType.DOCX); // the most favourable case
        return new ZipContent();
      }
      if (TEXTS.contains(detected)) {
        fitting(AllowedType.TEXT);
        boolean csv =
            AllowedType.ofExtension(extension).filter(AllowedType.CSV::equals).isPresent();
        return new TextContent(csv ? AllowedType.CSV : AllowedType.TEXT);
      }
      if (detected.equals("application/x-tika-msoffice")) {
        fitting(AllowedType.DOC);
        return new CompoundContent();
      }
      return new KnownContent(
          fitting(AllowedType.ofMediaType(detected).orElseThrow(FileInspection::notAllowed)));
    }

    private AllowedType fitting(AllowedType type) {
      boolean nameFits =
          extension.isEmpty()
              || AllowedType.ofExtension(extension).filter(type::hasSameKindAs).isPresent();
      boolean declaredFits =
          UNSPECIFIED.contains(declared)
              || AllowedType.ofMediaType(declared).filter(type::hasSameKindAs).isPresent();
      if (!nameFits || !declaredFits) {
        throw refusal("The content of the file does not match its name or declared type");
      }
      return type;
    }
  }

  private String detected(byte[] head) throws IOException {
    return magic.detect(new ByteArrayInputStream(head), new Metadata()).getBaseType().toString();
  }

  /// A type that the first bytes determine completely.
  record KnownContent(AllowedType known) implements Content {
    @Override
    public void update(byte[] bytes, int offset, int length) {}

    @Override
    public Optional<AllowedType> type() {
      return Optional.of(known);
    }
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String mediaType(@Nullable String declared) {
    return declared == null ? "" : declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static ProblemException notAllowed() {
    return refusal("The type of the file is not allowed");
  }

  static ProblemException refusal(String detail) {
    return new ProblemException(Problem.UNSUPPORTED_TYPE, detail);
  }
}
