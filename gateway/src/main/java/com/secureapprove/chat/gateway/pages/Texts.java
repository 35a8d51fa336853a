package com.secureapprove.chat.gateway.pages;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/// The texts of the pages in English. `messages/` has the other languages.
@MessageBundle("text")
interface Texts {

  @Message("Sign in")
  String signIn();

  @Message("Which organisation are you with?")
  String whichOrganisation();

  @Message("You will sign in on your organisation's usual page.")
  String whereYouSignIn();

  @Message("Organisation")
  String organisation();

  @Message("Its short name, such as “acme”")
  String shortName();

  @Message("Continue")
  String goOn();

  @Message("There is no organisation with this name. Please check the spelling.")
  String unknownOrganisation();

  @Message("Demo organisations")
  String demoOrganisations();

  @Message("Chat")
  String chat();

  @Message("Signed in as {name}, {tenant}")
  String signedInAs(String name, String tenant);

  @Message("Sign out")
  String signOut();

  @Message("Sign-in failed")
  String failed();

  @Message("Your organisation did not confirm your identity. You can try again.")
  String failedWhy();

  @Message("You do not have access yet")
  String notAdmitted();

  @Message(
      "Your account is not in the directory of this chat, or it is deactivated. Please contact your administrator.")
  String notAdmittedWhy();

  @Message("Your organisation's sign-in is not responding")
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
      "Add this chat to any page of yours with two lines of HTML. Change an attribute here and see the result immediately, in the corner of this page.")
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

  @Message("The events that the chat dispatches to your page.")
  String eventsHint();

  @Message("No events yet. Open the chat, or ask somebody to write to you.")
  String noEvents();

  @Message("Methods")
  String methods();

  @Message("API reference")
  String furtherReading();

  @Message("Back to the chat")
  String backToChat();
}
