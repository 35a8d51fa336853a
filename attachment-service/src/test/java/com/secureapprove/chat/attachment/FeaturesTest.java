package com.secureapprove.chat.attachment;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "com.secureapprove.chat.attachment",
    importOptions = ImportOption.DoNotIncludeTests.class)
class FeaturesTest {

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("com.secureapprove.chat.attachment.(*)..").should().beFreeOfCycles();
}
