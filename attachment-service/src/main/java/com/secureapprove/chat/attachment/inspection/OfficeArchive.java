package com.secureapprove.chat.attachment.inspection;

import com.secureapprove.chat.attachment.inspection.OfficePackage.ContentTypes;
import com.secureapprove.chat.attachment.inspection.OfficePackage.Relationship;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;

/// Distinguishes docx, xlsx and pptx from other ZIP archives by their main part, and refuses
/// macros.
///
/// Writers name the main part as they like. The relationships of the package name it, and the
/// content types say what it is. Only the parts that describe the package are decompressed, up to a
/// limit, so that ZIP bombs have no effect.
final class OfficeArchive implements Content {
  private static final String CONTENT_TYPES = "[content_types].xml";
  private static final String PACKAGE_RELATIONSHIPS = "_rels/.rels";
  private static final String DOCUMENT = "/relationships/officedocument";

  private static final Map<String, AllowedType> MAIN_TYPES = mainTypes();

  /// The main parts of packages without relationships and without content types.
  private static final Map<String, AllowedType> USUAL_PARTS =
      Map.of(
          "word/document.xml", AllowedType.DOCX,
          "xl/workbook.xml", AllowedType.XLSX,
          "ppt/presentation.xml", AllowedType.PPTX);

  private static final Pattern MACRO_TYPES =
      Pattern.compile(".*(macroenabled|vbaproject|vbadata|macrosheet).*");
  private static final Pattern MACRO_PARTS =
      Pattern.compile("(.*/)?(vbaproject[^/]*\\.bin|vbadata\\.xml|macrosheets/.*)");
  private static final Pattern MACRO_RELATIONSHIPS =
      Pattern.compile(".*/(vbaproject|wordvbadata|xl(intl)?macrosheet)");

  private long size;

  @Override
  public void update(byte[] bytes, int offset, int length) {
    size += length;
  }

  @Override
  public AllowedType type(RandomAccess file) throws IOException {
    ZipDirectory directory = ZipDirectory.of(file, size).orElseThrow(Refusals::notAllowed);
    try {
      return new Package(directory).type();
    } catch (XMLStreamException | ZipException e) {
      throw Refusals.notAllowed();
    }
  }

  private static Map<String, AllowedType> mainTypes() {
    Map<String, AllowedType> types = new HashMap<>();
    String prefix = "application/vnd.openxmlformats-officedocument.";
    for (String name : List.of("document", "template")) {
      types.put(prefix + "wordprocessingml." + name + ".main+xml", AllowedType.DOCX);
    }
    for (String name : List.of("sheet", "template")) {
      types.put(prefix + "spreadsheetml." + name + ".main+xml", AllowedType.XLSX);
    }
    for (String name : List.of("presentation", "slideshow", "template")) {
      types.put(prefix + "presentationml." + name + ".main+xml", AllowedType.PPTX);
    }
    return types;
  }

  /// The parts of one package that were looked up.
  private static final class Package {
    private final ZipDirectory directory;
    private final Map<String, ZipDirectory.Entry> parts = new HashMap<>();
    private boolean macros;
    private boolean isEncrypted;

    Package(ZipDirectory directory) {
      this.directory = directory;
    }

    AllowedType type() throws IOException, XMLStreamException {
      Set<String> described = new HashSet<>(USUAL_PARTS.keySet());
      described.addAll(List.of(CONTENT_TYPES, PACKAGE_RELATIONSHIPS));
      lookUp(described);
      if (!parts.containsKey(CONTENT_TYPES)) {
        throw Refusals.notAllowed();
      }
      if (isEncrypted) {
        throw Refusals.isProtected();
      }
      ContentTypes types = contentTypes();
      List<Relationship> relationships = relationships("", PACKAGE_RELATIONSHIPS);
      if (macros
          || types.all().stream().anyMatch(type -> MACRO_TYPES.matcher(type).matches())
          || haveMacros(relationships)) {
        throw Refusals.macros();
      }
      String main = mainPart(types, relationships).orElseThrow(Refusals::notAllowed);
      String mainRelationships = OfficePackage.relationshipsOf(main);
      lookUp(Set.of(mainRelationships));
      if (haveMacros(relationships(main, mainRelationships))) {
        throw Refusals.macros();
      }
      AllowedType type = MAIN_TYPES.get(types.of(main));
      return Optional.ofNullable(type)
          .or(() -> Optional.ofNullable(USUAL_PARTS.get(main)))
          .orElseThrow(Refusals::notAllowed);
    }

    /// The main part that the relationships name, or else the content types, or else the usual one.
    private Optional<String> mainPart(ContentTypes types, List<Relationship> relationships)
        throws IOException {
      Set<String> candidates = new LinkedHashSet<>();
      relationships.stream()
          .filter(relationship -> relationship.type().endsWith(DOCUMENT))
          .map(Relationship::target)
          .filter(part -> MAIN_TYPES.containsKey(types.of(part)))
          .forEach(candidates::add);
      types.ofPart().keySet().stream()
          .filter(part -> MAIN_TYPES.containsKey(types.of(part)))
          .sorted()
          .forEach(candidates::add);
      lookUp(candidates);
      USUAL_PARTS.keySet().stream()
          .filter(part -> types.of(part).isEmpty() || types.of(part).endsWith("/xml"))
          .sorted()
          .forEach(candidates::add);
      return candidates.stream().filter(parts::containsKey).findFirst();
    }

    private static boolean haveMacros(List<Relationship> relationships) {
      return relationships.stream()
          .anyMatch(relationship -> MACRO_RELATIONSHIPS.matcher(relationship.type()).matches());
    }

    private ContentTypes contentTypes() throws IOException, XMLStreamException {
      try (InputStream xml = open(CONTENT_TYPES)) {
        return OfficePackage.contentTypes(xml);
      }
    }

    private List<Relationship> relationships(String source, String part)
        throws IOException, XMLStreamException {
      if (!parts.containsKey(part)) {
        return List.of();
      }
      try (InputStream xml = open(part)) {
        return OfficePackage.relationships(xml, source);
      }
    }

    private InputStream open(String part) throws IOException {
      ZipDirectory.Entry entry = parts.get(part);
      if (entry == null) {
        throw Refusals.notAllowed();
      }
      return directory.open(entry).orElseThrow(Refusals::notAllowed);
    }

    /// Finds the entries of the parts. Two entries of one name are refused, because readers differ
    /// in the one that they use.
    private void lookUp(Set<String> names) throws IOException {
      boolean wellFormed =
          directory.forEach(entry -> {
            String name = entry.name().toLowerCase(Locale.ROOT);
            macros |= MACRO_PARTS.matcher(name).matches();
            isEncrypted |= entry.isEncrypted();
            if (names.contains(name)) {
              ZipDirectory.Entry other = parts.put(name, entry);
              if (other != null && other.offset() != entry.offset()) {
                throw Refusals.notAllowed();
              }
            }
          });
      if (!wellFormed) {
        throw Refusals.notAllowed();
      }
    }
  }
}
