package com.secureapprove.chat.gateway;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "com.secureapprove.chat.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("com.secureapprove.chat.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule classesOfAPackageFormNoCycle =
      slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();
}
