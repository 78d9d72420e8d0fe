plugins {
  id("com.android.application")
  id("org.jetbrains.kotlin.android")
  id("com.apollographql.apollo").version("4.3.3")
}

dependencies {
  implementation("com.apollographql.apollo:apollo-runtime:4.3.3")
  implementation("com.apollographql.apollo:apollo-normalized-cache:4.3.3")
  implementation("com.apollographql.adapters:apollo-adapters-core:0.0.6")
}

apollo {
  service("tokenConnect") {
    packageName.set("example.bank.tokenconnect")
    schemaFiles.from("schema.graphql", "extra.graphqls")
    srcDir("graphql")
    mapScalar("DateTime", "java.time.Instant", "com.apollographql.adapter.core.JavaInstantAdapter")
    // 19 digits, too many for a Long.
    mapScalarToKotlinString("AccountRange")
    // With the text of a value that the app was not built with.
    sealedClassesForEnumsMatching.set(listOf("PushStatus", "PushRefusalCode", "PushOutcome"))
  }
}
