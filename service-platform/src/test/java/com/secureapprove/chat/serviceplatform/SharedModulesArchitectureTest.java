package com.secureapprove.chat.serviceplatform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.secureapprove.chat.testsupport.architecture.NoCycles;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {
      "com.secureapprove.chat.contracts",
      "com.secureapprove.chat.platform",
      "com.secureapprove.chat.serviceplatform"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class SharedModulesArchitectureTest {
  @ArchTest static final ArchTests noCycles = ArchTests.in(NoCycles.class);

  @ArchTest
  static final ArchRule platformDependsOnNoDatabase =
      noClasses()
          .that()
          .resideInAPackage("com.secureapprove.chat.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.secureapprove.chat.serviceplatform..", "jakarta.persistence..", "javax.sql..");

  @ArchTest
  static final ArchRule contractsDependOnNoFramework =
      noClasses()
          .that()
          .resideInAPackage("com.secureapprove.chat.contracts..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..", "org.jspecify..", "com.secureapprove.chat.contracts..");
}
