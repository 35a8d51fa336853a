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

  @Message(
      "The clocks of your organisation's sign-in and of this chat differ, or the sign-in took too long. Please try again; if it happens again, tell your administrator.")
  String failedClock();

  @Message(
      "The answer of your organisation's sign-in could not be verified, because its key is not known here. Please try again in a moment; if it happens again, tell your administrator.")
  String failedSignature();

  @Message(
      "The answer belongs to another sign-in, or your browser did not keep the cookie of this one. Please try again, and allow cookies for this page.")
  String failedOtherSignIn();

  @Message(
      "The answer came from another sign-in service, or was meant for another application. Please try again; if it happens again, tell your administrator.")
  String failedOtherRecipient();

  @Message("The sign-in was cancelled, or your organisation refused it. You can try again.")
  String failedCancelled();

  @Message("Try again")
  String again();

  @Message(
      "Your account is deactivated in the directory of this chat. Please contact your administrator.")
  String deactivatedWhy();

  @Message(
      "Your name is linked to another account of your organisation's sign-in. Please ask your administrator to unlink it.")
  String linkedWhy();

  @Message(
      "Several people in the directory of this chat match your account. Please contact your administrator.")
  String ambiguousWhy();

  @Message(
      "An administrator has just unlinked this account. Please sign in with your new account, or try again in ten minutes.")
  String unlinkedWhy();

  @Message("Signing out")
  String signingOut();

  @Message("You are signed out of the chat. Continue to sign out at your organisation too.")
  String signingOutWhy();

  @Message("Your browser sends too much data")
  String tooLarge();

  @Message(
      "The cookies that your browser sent to this page were too large, and have been removed. Please sign in again.")
  String tooLargeWhy();

  @Message("You do not have access yet")
  String notAdmitted();

  @Message("Your account is not in the directory of this chat. Please contact your administrator.")
  String notAdmittedWhy();

  @Message("Your organisation's sign-in is not responding")
  String unavailable();

  @Message("Please try again in a moment.")
  String unavailableWhy();

  @Message("No more mails about unread messages")
  String unsubscribe();

  @Message("You will get no more mails about unread messages in this chat.")
  String unsubscribeWhy();

  @Message("You are unsubscribed")
  String unsubscribed();

  @Message("You get no more mails about unread messages in this chat.")
  String unsubscribedWhy();

  @Message("You are not unsubscribed yet")
  String notUnsubscribed();

  @Message("This link is no longer valid")
  String oldLink();

  @Message("Please use the link of a newer mail.")
  String oldLinkWhy();

  @Message("This page does not exist")
  String unknownPage();

  @Message("Please check the address, or go back to the start.")
  String unknownPageWhy();

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
