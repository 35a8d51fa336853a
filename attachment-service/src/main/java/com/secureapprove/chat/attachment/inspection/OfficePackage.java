package com.secureapprove.chat.attachment.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// The two kinds of XML parts that describe an OOXML document (ISO/IEC 29500-2): the content types
/// of its parts, and the relationships between them. Part names are in lower case, because they are
/// compared without case, and have no leading `/`.
final class OfficePackage {
  /// Limits the memory and time for a part. A document of 10,000 parts has 1 MiB of content types.
  private static final int MAX_BYTES = 4 << 20;

  /// A relationship.
  ///
  /// @param type the URI in lower case
  /// @param target the name of the part
  record Relationship(String type, String target) {}

  /// The content types of the parts, all in lower case.
  record ContentTypes(Map<String, String> ofExtension, Map<String, String> ofPart) {

    /// Returns the content type of a part, or an empty string.
    String of(String part) {
      String extension = part.substring(part.lastIndexOf('.') + 1);
      return ofPart.getOrDefault(part, ofExtension.getOrDefault(extension, ""));
    }

    /// All content types.
    List<String> all() {
      List<String> all = new ArrayList<>(ofExtension.values());
      all.addAll(ofPart.values());
      return all;
    }
  }

  private OfficePackage() {}

  /// Reads `[Content_Types].xml`.
  static ContentTypes contentTypes(InputStream xml) throws IOException, XMLStreamException {
    Map<String, String> ofExtension = new HashMap<>();
    Map<String, String> ofPart = new HashMap<>();
    elements(
        xml,
        element -> {
          String type = lower(attribute(element, "ContentType"));
          switch (element.getLocalName()) {
            case "Default" -> ofExtension.put(lower(attribute(element, "Extension")), type);
            case "Override" -> ofPart.put(part("", attribute(element, "PartName")), type);
            default -> {}
          }
        });
    return new ContentTypes(ofExtension, ofPart);
  }

  /// Reads the relationships of a part.
  ///
  /// @param source the name of the part, empty for the package
  static List<Relationship> relationships(InputStream xml, String source)
      throws IOException, XMLStreamException {
    List<Relationship> relationships = new ArrayList<>();
    elements(
        xml,
        element -> {
          if (element.getLocalName().equals("Relationship")) {
            relationships.add(
                new Relationship(
                    lower(attribute(element, "Type")), part(source, attribute(element, "Target"))));
          }
        });
    return relationships;
  }

  /// The name of the part with the relationships of another.
  static String relationshipsOf(String part) {
    int slash = part.lastIndexOf('/') + 1;
    return part.substring(0, slash) + "_rels/" + part.substring(slash) + ".rels";
  }

  private interface Elements {
    void element(XMLStreamReader element);
  }

  private static void elements(InputStream xml, Elements elements)
      throws IOException, XMLStreamException {
    byte[] bytes = xml.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new XMLStreamException("The part is too large");
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new java.io.ByteArrayInputStream(bytes));
    try {
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          elements.element(reader);
        }
      }
    } finally {
      reader.close();
    }
  }

  private static String attribute(XMLStreamReader element, String name) {
    for (int i = 0; i < element.getAttributeCount(); i++) {
      if (element.getAttributeLocalName(i).equals(name)) {
        return element.getAttributeValue(i).strip();
      }
    }
    return "";
  }

  /// The name of the part that a reference means, relative to the part that contains it.
  private static String part(String source, @Nullable String reference) {
    String path = reference == null ? "" : reference.replace('\\', '/').replace(" ", "%20");
    try {
      String resolved = URI.create("opc:///" + source).resolve(path).normalize().getPath();
      return lower(resolved == null ? path : resolved.replaceFirst("^(/\\.\\.)*/*", ""));
    } catch (IllegalArgumentException e) {
      return lower(path.replaceFirst("^/+", ""));
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
