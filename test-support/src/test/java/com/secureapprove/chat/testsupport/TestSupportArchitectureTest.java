package com.secureapprove.chat.testsupport;

import com.secureapprove.chat.testsupport.architecture.NoCycles;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

@AnalyzeClasses(
    packages = {"com.secureapprove.chat.testsupport", "com.secureapprove.chat.localstack"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class TestSupportArchitectureTest {
  @ArchTest static final ArchTests noCycles = ArchTests.in(NoCycles.class);
}
