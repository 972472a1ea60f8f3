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
        .executable(name: "dnsconverge", targets: ["CLI"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
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
        .executableTarget(
            name: "CLI",
            dependencies: [
                "DNSModel", "Wire", "CSys",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            resources: [.embedInCode("../../resolvers.json")],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "TestSupport", dependencies: ["DNSModel", "Wire", "CSys"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        .testTarget(name: "DNSModelTests", dependencies: ["DNSModel", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "WireTests", dependencies: ["Wire", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "CLI", "DNSModel", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Golden"],
            swiftSettings: swiftSettings),
        // Needs the miniature Internet of Tests/World, and the program itself: see Tests/run.
        .testTarget(name: "WorldTests", dependencies: ["DNSModel", "TestSupport"], swiftSettings: swiftSettings),
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
