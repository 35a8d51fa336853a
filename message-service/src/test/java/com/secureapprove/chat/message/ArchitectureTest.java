package com.secureapprove.chat.message;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "com.secureapprove.chat",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices().matching("com.secureapprove.chat.message.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PLATFORM_HAS_NO_CYCLES =
      slices().matching("com.secureapprove.chat.platform.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SERVICE_PLATFORM_HAS_NO_CYCLES =
      slices().matching("com.secureapprove.chat.serviceplatform.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PLATFORM_KNOWS_NO_SERVICE_PLATFORM =
      noClasses()
          .that()
          .resideInAPackage("com.secureapprove.chat.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.secureapprove.chat.serviceplatform..");

  @ArchTest
  static final ArchRule CONTRACTS_KNOW_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAPackage("..contracts..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..", "org.jspecify..", "com.secureapprove.chat.contracts..");
}
