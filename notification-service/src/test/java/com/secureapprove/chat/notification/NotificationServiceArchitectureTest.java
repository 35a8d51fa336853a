package com.secureapprove.chat.notification;

import com.secureapprove.chat.testsupport.architecture.NoCycles;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

@AnalyzeClasses(
    packages = "com.secureapprove.chat.notification",
    importOptions = ImportOption.DoNotIncludeTests.class)
class NotificationServiceArchitectureTest {
  @ArchTest static final ArchTests noCycles = ArchTests.in(NoCycles.class);
}
