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

/// Finds out what a file is, as its bytes come.
@Singleton
public class FileInspection {
  /// What clients say where they do not know.
  private static final Set<String> NOTHING_SAID =
      Set.of("", "application/octet-stream", "binary/octet-stream", "application/x-download");

  private static final Set<String> ZIPS =
      Set.of("application/zip", "application/x-tika-ooxml", "application/x-tika-ooxml-protected");

  /// What plain text is taken for by the words it begins with, "From:" or "Article" or "%%". What a
  /// browser or a system might run or render is not among them.
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

  /// Begins with a file.
  ///
  /// @param name as the client calls it; its ending must fit the bytes
  /// @param said the media type that the client gives, if any; it must fit the bytes
  public TypeDetection at(String name, @Nullable String said) {
    return new TypeDetection(ending(name), mediaType(said));
  }

  /// A detection at one file. What is certain from its beginning is said there, the rest at its
  /// end. For one thread.
  public final class TypeDetection {
    private final String ending;
    private final String said;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private @Nullable Content content;

    private TypeDetection(String ending, String said) {
      this.ending = ending;
      this.said = said;
    }

    /// Some more of its bytes.
    ///
    /// @throws ProblemException 415 as soon as it cannot become a file that is allowed
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

    /// Whether it has been found out already what the file seems to be.
    public boolean isTypeKnown() {
      return content != null;
    }

    /// The type of the bytes, which have all been seen.
    ///
    /// @throws ProblemException 415 where the type is not allowed, or not what name or client say
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
        fitting(AllowedType.DOCX); // at best
        return new ZipContent();
      }
      if (TEXTS.contains(detected)) {
        fitting(AllowedType.TEXT);
        boolean csv = AllowedType.ofEnding(ending).filter(AllowedType.CSV::equals).isPresent();
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
          ending.isEmpty()
              || AllowedType.ofEnding(ending).filter(type::isOfOneKindWith).isPresent();
      boolean saidFits =
          NOTHING_SAID.contains(said)
              || AllowedType.ofMediaType(said).filter(type::isOfOneKindWith).isPresent();
      if (!nameFits || !saidFits) {
        throw refusal("The file is not what it is said to be");
      }
      return type;
    }
  }

  private String detected(byte[] head) throws IOException {
    return magic.detect(new ByteArrayInputStream(head), new Metadata()).getBaseType().toString();
  }

  /// What is known from the beginning.
  record KnownContent(AllowedType known) implements Content {
    @Override
    public void update(byte[] bytes, int offset, int length) {}

    @Override
    public Optional<AllowedType> type() {
      return Optional.of(known);
    }
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String mediaType(@Nullable String said) {
    return said == null ? "" : said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static ProblemException notAllowed() {
    return refusal("Files of this type are not allowed");
  }

  static ProblemException refusal(String detail) {
    return new ProblemException(Problem.UNSUPPORTED_TYPE, detail);
  }
}
