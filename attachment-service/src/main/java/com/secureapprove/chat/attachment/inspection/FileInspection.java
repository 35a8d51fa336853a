package com.secureapprove.chat.attachment.inspection;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/// Detects the type of a file from its bytes while they arrive.
///
/// The name and the declared type are hints: they only distinguish CSV from other text. A wrong or
/// unknown hint is ignored, except if it makes a system execute or render the bytes.
@Singleton
public class FileInspection {
  private static final Set<String> ZIPS =
      Set.of("application/zip", "application/x-tika-ooxml", "application/x-tika-ooxml-protected");

  /// Types of text that a browser renders or a system executes, as Tika names them.
  private static final Pattern ACTIVE_TEXTS =
      Pattern.compile(
          "text/(html|javascript|x-php|x-jsp|x-perl|x-python|x-awk)"
              + "|application/(xml|x-sh)|.*\\+xml");

  /// The first object of a PDF. A text that only begins like a PDF has none.
  private static final Pattern PDF_OBJECT = Pattern.compile("\\d+\\s+\\d+\\s+obj\\b");

  private static final Pattern CSV_TYPES =
      Pattern.compile(
          "(text|application)/((x-)?csv|(x-)?comma-separated-values|tab-separated-values)");

  private final MimeTypes magic = MimeTypes.getDefaultMimeTypes();

  /// Starts the inspection of a file.
  ///
  /// @param name the name from the client
  /// @param declared the media type from the client, if any
  public TypeDetection start(String name, @Nullable String declared) {
    return new TypeDetection(name, mediaType(declared));
  }

  /// The inspection of one file. Rejects a file as early as its first bytes allow. Not thread-safe.
  public final class TypeDetection {
    private final String name;
    private final String declared;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private @Nullable Content content;

    private TypeDetection(String name, String declared) {
      this.name = name;
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

    /// Ends the first part of the inspection, after all bytes were processed.
    ///
    /// @throws ProblemException 415 if the type is not allowed
    public void end() throws IOException {
      if (content == null) {
        begin();
      }
    }

    /// Returns the type of the stored file. Must follow [#end].
    ///
    /// @throws ProblemException 415 if the type is not allowed
    public AllowedType type(RandomAccess file) throws IOException {
      Content whole = content;
      if (whole == null) {
        throw new IllegalStateException("The bytes have not ended");
      }
      return whole.type(file);
    }

    private void begin() throws IOException {
      byte[] bytes = head.toByteArray();
      head.reset();
      Content started = contentOf(bytes);
      started.update(bytes, 0, bytes.length);
      content = started;
    }

    private Content contentOf(byte[] bytes) throws IOException {
      if (ActiveContent.isNameRefused(name)) {
        throw Refusals.active();
      }
      String detected = detected(bytes);
      Optional<TextEncoding> encoding = TextEncoding.of(bytes);
      if (encoding.isPresent() && !isPdf(detected, bytes) && !isPicture(detected, bytes)) {
        return text(encoding.get(), bytes);
      }
      if (ZIPS.contains(detected)) {
        return new OfficeArchive();
      }
      if (detected.equals("application/x-tika-msoffice")) {
        return new CompoundContent();
      }
      return new KnownContent(
          AllowedType.ofMediaType(detected)
              .filter(type -> !type.isText())
              .orElseThrow(Refusals::notAllowed));
    }

    private Content text(TextEncoding encoding, byte[] bytes) throws IOException {
      String text = encoding.text(bytes);
      if (ActiveContent.isTextRefused(name, declared)
          || ActiveContent.starts(text)
          || ACTIVE_TEXTS.matcher(detected(text.getBytes(StandardCharsets.UTF_8))).matches()) {
        throw Refusals.active();
      }
      return new TextContent(isCsv() ? AllowedType.CSV : AllowedType.TEXT, encoding);
    }

    private boolean isCsv() {
      return AllowedType.ofExtension(ActiveContent.extension(name))
          .map(AllowedType.CSV::equals)
          .orElseGet(() -> CSV_TYPES.matcher(declared).matches());
    }
  }

  private static boolean isPdf(String detected, byte[] head) {
    return detected.equals(AllowedType.PDF.mediaType())
        && PDF_OBJECT.matcher(new String(head, StandardCharsets.ISO_8859_1)).find();
  }

  /// Whether bytes that look like text are a picture: the magic number has bytes that are no ASCII.
  private static boolean isPicture(String detected, byte[] head) {
    return head[0] < 0
        && AllowedType.ofMediaType(detected).filter(AllowedType::isImage).isPresent();
  }

  private String detected(byte[] head) throws IOException {
    byte[] first = Arrays.copyOf(head, Math.min(head.length, magic.getMinLength()));
    return magic.detect(new ByteArrayInputStream(first), new Metadata()).getBaseType().toString();
  }

  private static String mediaType(@Nullable String declared) {
    return declared == null ? "" : declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
