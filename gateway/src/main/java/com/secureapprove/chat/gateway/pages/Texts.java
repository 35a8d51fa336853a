package com.secureapprove.chat.gateway.pages;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/// The words of the pages, in English; `messages/` has the other languages.
@MessageBundle("text")
interface Texts {

  @Message("Sign in")
  String signIn();

  @Message("Which organisation are you with?")
  String whichOrganisation();

  @Message("You will sign in where your organisation always asks you to.")
  String whereYouSignIn();

  @Message("Organisation")
  String organisation();

  @Message("Its short name, such as “acme”")
  String shortName();

  @Message("Continue")
  String goOn();

  @Message("We know no organisation of that name. Please check the spelling.")
  String unknownOrganisation();

  @Message("Demo organisations")
  String demoOrganisations();

  @Message("Chat")
  String chat();

  @Message("Signed in as {name}, {tenant}")
  String signedInAs(String name, String tenant);

  @Message("Sign out")
  String signOut();

  @Message("Signing in did not work")
  String failed();

  @Message("Your organisation did not confirm who you are. You can try again.")
  String failedWhy();

  @Message("You have no place here yet")
  String notAdmitted();

  @Message(
      "Your organisation knows you, but this chat does not, or your account is switched off. Your administrator can help.")
  String notAdmittedWhy();

  @Message("Your organisation's sign-in does not answer")
  String unavailable();

  @Message("Please try again in a moment.")
  String unavailableWhy();

  @Message("Back to the start")
  String back();

  @Message("Private messages for the people of your organisation.")
  String tagline();

  @Message("This page needs JavaScript to show the chat.")
  String needsScript();

  @Message("For developers")
  String forDevelopers();

  @Message(
      "Two lines put this chat on any page of yours. Change an attribute here and see it change at once, in the corner of this page.")
  String developersIntro();

  @Message("Attributes")
  String attributes();

  @Message("Language")
  String language();

  @Message("As the page")
  String languageOfPage();

  @Message("Theme")
  String theme();

  @Message("As the system")
  String themeAuto();

  @Message("Light")
  String themeLight();

  @Message("Dark")
  String themeDark();

  @Message("Corner")
  String position();

  @Message("Right")
  String positionRight();

  @Message("Left")
  String positionLeft();

  @Message("Colour")
  String accent();

  @Message("Open")
  String openAtOnce();

  @Message("My page is on another origin")
  String otherOrigin();

  @Message("The tag")
  String theTag();

  @Message("Copy")
  String copy();

  @Message("Copied")
  String copied();

  @Message("Events")
  String events();

  @Message("What the chat tells your page, as it happens.")
  String eventsHint();

  @Message("Nothing yet. Open the chat, or let somebody write to you.")
  String noEvents();

  @Message("Methods")
  String methods();

  @Message("The interfaces behind it")
  String furtherReading();

  @Message("Back to the chat")
  String backToChat();
}
