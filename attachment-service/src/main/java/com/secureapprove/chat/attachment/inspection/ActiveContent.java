package com.secureapprove.chat.attachment.inspection;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Recognizes content that a browser renders as a page or that a system executes: HTML, SVG, XML,
/// scripts and programs.
final class ActiveContent {

  /// Extensions that are refused with any content. A system opens a saved file by its extension,
  /// and an image can contain a page or a batch file.
  private static final Set<String> EXTENSIONS =
      Set.of(
          ("html htm xhtml xht shtml shtm mht mhtml eml svg svgz xml xsl xslt hta htc "
                  + "exe dll scr pif cpl sys msi msp mst bat cmd ps1 psm1 psd1 vb vbs vbe js jse mjs "
                  + "cjs ws wsf wsh wsc sct jar jnlp lnk url website scf inf reg msc gadget chm hlp "
                  + "application appref-ms desktop command webloc workflow")
              .split(" "));

  /// Extensions that are refused with text only, because an interpreter executes such text.
  private static final Set<String> SCRIPT_EXTENSIONS =
      Set.of(
          "com sh bash zsh csh ksh fish pl py pyw rb php phtml asp aspx jsp cgi swf xaml xul"
              .split(" "));

  /// Declared types that are refused with text.
  private static final Pattern TYPES =
      Pattern.compile(
          "(text|application|image)/(html|xhtml\\+xml|svg(\\+xml)?|(x-)?(java|ecma|j|vb|live)script"
              + "|hta|x-sh|x-csh|x-shellscript|x-bat|x-msdownload|x-msdos-program|x-executable"
              + "|x-(httpd-)?php|x-perl|x-python|x-ruby)");

  private static final Pattern START =
      Pattern.compile(
          """
          (?xi) \\s* (?:
            < (?: !doctype | !-- | [?%]
              | a \\s
              | (?: applet | audio | base | body | br | button | canvas | center | div | embed | font | form
                  | frame | frameset | h[1-6] | head | hr | html | iframe | img | input | link | marquee
                  | math | meta | noscript | object | p | script | select | span | style | svg | table
                  | template | textarea | title | video ) (?: [\\s/>] | \\z )
              | [\\w.-]+ : (?: html | svg | script ) [\\s/>]
              | [\\w.:-]+ \\s [^>]{0,1000} xmlns )
            | \\#! \\s* /
            | @echo \\s+ off
            | %!PS
            | \\{ \\\\ rtf \\d )
          """);

  private ActiveContent() {}

  /// Whether a file of this name is refused with any content.
  static boolean isNameRefused(String name) {
    return EXTENSIONS.contains(extension(name));
  }

  /// Whether a text is executed or rendered because of its name or its declared type.
  static boolean isTextRefused(String name, String declared) {
    return SCRIPT_EXTENSIONS.contains(extension(name)) || TYPES.matcher(declared).matches();
  }

  /// Whether a text begins like a page or a script.
  static boolean starts(CharSequence text) {
    return START.matcher(text).lookingAt();
  }

  /// The extension as a system reads it: Windows ignores dots and spaces at the end of a name.
  static String extension(String name) {
    StringBuilder visible = new StringBuilder();
    name.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(visible::appendCodePoint);
    int end = visible.length();
    while (end > 0 && (visible.charAt(end - 1) == '.' || visible.charAt(end - 1) == ' ')) {
      end--;
    }
    int dot = visible.lastIndexOf(".", end - 1);
    return dot <= 0 ? "" : visible.substring(dot + 1, end).toLowerCase(Locale.ROOT);
  }
}
