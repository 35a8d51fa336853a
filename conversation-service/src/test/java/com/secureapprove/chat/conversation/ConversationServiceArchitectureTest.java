package com.secureapprove.chat.conversation;

import com.secureapprove.chat.testsupport.architecture.NoCycles;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

@AnalyzeClasses(
    packages = "com.secureapprove.chat.conversation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ConversationServiceArchitectureTest {
  @ArchTest static final ArchTests noCycles = ArchTests.in(NoCycles.class);
}
