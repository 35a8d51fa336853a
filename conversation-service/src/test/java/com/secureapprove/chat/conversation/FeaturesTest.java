package com.secureapprove.chat.conversation;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "com.secureapprove.chat.conversation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class FeaturesTest {

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("com.secureapprove.chat.conversation.(*)..").should().beFreeOfCycles();
}
