// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "dnsconverge",
    products: [
        // Two programs, so that a check starts at once: the first executes the second for everything else.
        .executable(name: "dnsconverge", targets: ["Program"]),
        .executable(name: "dnsconverge-daemon", targets: ["DaemonProgram"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        // Already there through Hummingbird, whose headers are its types.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
        // Already there through swift-subprocess, whose interface is made of its types.
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    ],
    targets: [
        .systemLibrary(name: "CLDNS", pkgConfig: "ldns", providers: [.apt(["libldns-dev"])]),
        // No pkgConfig: libcurl is opened when DoH, DoT or HTTP is first used, so that other commands start without it.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CSys"),
        .target(name: "DNSModel", swiftSettings: swiftSettings),
        .target(
            name: "Wire",
            dependencies: [
                "DNSModel", "CLDNS", "CCurl", "CSys",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: swiftSettings),
        .target(name: "Providers", dependencies: ["DNSModel", "Wire"], swiftSettings: swiftSettings),
        .target(
            name: "Failover",
            dependencies: [
                "DNSModel", "Wire", "Providers",
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Daemon",
            dependencies: [
                "DNSModel", "Wire", "Providers", "Failover", "CSys",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [
                .embedInCode("Dashboard/Assets/dashboard.css"), .embedInCode("Dashboard/Assets/dashboard.js"),
                .embedInCode("Web/API/openapi.json"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "CLI",
            dependencies: [
                "DNSModel", "Wire", "CSys",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            resources: [.embedInCode("../../resolvers.json")],
            swiftSettings: swiftSettings),
        .executableTarget(name: "Program", dependencies: ["CLI"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "DaemonProgram",
            dependencies: [
                "CLI", "Daemon", "DNSModel", "Wire", "Providers", "Failover", "CSys",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "TestSupport", dependencies: ["DNSModel", "Wire", "CSys"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "DNSModelTests", dependencies: ["DNSModel", "TestSupport"], exclude: ["Failover/Golden"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "WireTests", dependencies: ["Wire", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ProvidersTests", dependencies: ["DNSModel", "Wire", "Providers", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "FailoverTests", dependencies: ["DNSModel", "Wire", "Providers", "Failover", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: swiftSettings),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "CLI", "DNSModel", "TestSupport", "Program", "DaemonProgram",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Golden"],
            swiftSettings: swiftSettings),
        // Writes to a journal until it is killed; the journal's tests look at what is left.
        .executableTarget(
            name: "JournalWriter", dependencies: ["Daemon", "Failover", "DNSModel"], path: "Tests/JournalWriter",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Daemon", "Failover", "Providers", "DNSModel", "Wire", "TestSupport", "JournalWriter",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["Dashboard/Golden"],
            swiftSettings: swiftSettings),
        // Needs the miniature Internet of Tests/World, and the program itself: see Tests/run.
        .testTarget(
            name: "WorldTests", dependencies: ["DNSModel", "Failover", "TestSupport"], swiftSettings: swiftSettings),
    ]
)

// Built by Benchmarks/run alone.
if Context.environment["DNSCONVERGE_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "dnsconverge-bench",
            dependencies: [
                "DNSModel", "Wire", "CLDNS", "CSys",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Bench",
            swiftSettings: swiftSettings))
}

// A sample of the cases is among the tests; Tests/fuzz builds the program that tries them by the million.
package.targets.append(
    Context.environment["DNSCONVERGE_FUZZ"] == nil
        ? .testTarget(
            name: "FuzzTests", dependencies: ["DNSModel", "Wire", "CLDNS", "TestSupport"], path: "Tests/Fuzz",
            exclude: ["Program"], swiftSettings: swiftSettings)
        : .executableTarget(
            name: "dnsconverge-fuzz", dependencies: ["DNSModel", "Wire", "CLDNS", "TestSupport"], path: "Tests/Fuzz",
            exclude: ["FuzzTests.swift"], swiftSettings: swiftSettings))
