package com.secureapprove.chat.gateway;

import com.secureapprove.chat.testsupport.architecture.NoCycles;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

@AnalyzeClasses(
    packages = "com.secureapprove.chat.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayArchitectureTest {
  @ArchTest static final ArchTests noCycles = ArchTests.in(NoCycles.class);
}
