package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/// Rejects user names that can be mistaken for another one (Unicode Technical Standard 39):
/// invisible characters, compatibility forms, scripts that are not written together, and names of
/// another script whose letters all look like Latin ones.
///
/// A user name identifies a person at the sign-in and in the directory, so two names must not look
/// the same.
final class UserNames {
  /// Scripts that one word may combine, with letters of a single further script excluded.
  private static final Set<UnicodeScript> EAST_ASIAN =
      EnumSet.of(
          UnicodeScript.LATIN,
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  /// Invisible characters that are letters, marks or symbols. Those of the category Cf are
  /// recognised by it.
  private static final String INVISIBLE =
      "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFFA0\uFFFC";

  /// Letters of other scripts that look like Latin ones, in both cases.
  private static final String LOOKALIKES =
      "асеѕіјһорѕухԁԛԝӏѵԍкмтвнгАВСЕЅІЈКМНОРТХУԌԚԜӀѴ" // Cyrillic
          + "αικνορτυχϲϳγΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϿ" // Greek
          + "օսոցհզՕՍԼ" // Armenian
          + "ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ"; // Cherokee

  /// Latin letters that look like letters of the basic alphabet.
  private static final String LATIN_LOOKALIKES = "ɑɡɩɪʏʟɴʀǀƨɢʜᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱꞌ";

  private UserNames() {}

  /// @throws ProblemException 400 with the reason if the name can be mistaken for another one
  static void requireUnmistakable(String userName) {
    userName.codePoints().forEach(UserNames::requireVisible);
    if (!Normalizer.normalize(userName, Normalizer.Form.NFKC)
        .equals(Normalizer.normalize(userName, Normalizer.Form.NFC))) {
      throw refusal("must not contain compatibility forms of other characters");
    }
    if (userName.codePoints().anyMatch(c -> LATIN_LOOKALIKES.indexOf(c) >= 0)) {
      throw refusal("must not contain letters that look like others");
    }
    requireOneScript(userName);
    requireOneKindOfDigits(userName);
    requireFewMarks(userName);
  }

  private static void requireVisible(int c) {
    boolean invisible =
        switch (Character.getType(c)) {
          case Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.PRIVATE_USE,
              Character.UNASSIGNED ->
              true;
          case Character.SPACE_SEPARATOR -> c != ' ';
          default -> INVISIBLE.indexOf(c) >= 0 || isVariationSelector(c);
        };
    if (invisible) {
      throw refusal("must not contain the invisible character U+%04X".formatted(c));
    }
  }

  private static boolean isVariationSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }

  private static void requireOneScript(String userName) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    userName
        .codePoints()
        .filter(Character::isLetter)
        .mapToObj(UnicodeScript::of)
        .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
        .forEach(scripts::add);
    if (scripts.size() > 1 && !EAST_ASIAN.containsAll(scripts)) {
      throw refusal("must not mix the letters of several scripts");
    }
    boolean hasLetters = userName.codePoints().anyMatch(Character::isLetter);
    if (hasLetters
        && userName
            .codePoints()
            .filter(Character::isLetter)
            .allMatch(c -> LOOKALIKES.indexOf(c) >= 0)) {
      throw refusal("must not consist of letters that look like those of another script");
    }
  }

  private static void requireOneKindOfDigits(String userName) {
    long kinds =
        userName
            .codePoints()
            .filter(Character::isDigit)
            .map(c -> c - Character.getNumericValue(c))
            .distinct()
            .count();
    if (kinds > 1) {
      throw refusal("must not mix digits of several scripts");
    }
  }

  private static void requireFewMarks(String userName) {
    int marks = 2;
    for (int c : userName.codePoints().toArray()) {
      int type = Character.getType(c);
      marks =
          type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK
              ? marks + 1
              : Character.isLetter(c) ? 0 : 2;
      if (marks > 2) {
        throw refusal("must not contain a mark without a letter, or more than two on one");
      }
    }
  }

  private static ProblemException refusal(String reason) {
    return ProblemException.invalid("userName", reason);
  }
}
