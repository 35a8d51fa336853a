package com.secureapprove.chat.faultsuite;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "com.secureapprove.chat.faultsuite",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("com.secureapprove.chat.faultsuite.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule classesOfAPackageFormNoCycle =
      slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();
}
