// swift-tools-version: 6.2

import PackageDescription

/// What every Swift target is compiled with.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A room: a target below `Sources` with one duty (see the manual, "Architecture").
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, exclude: ["Room.md"], swiftSettings: strict)
}

/// The tests of the room whose name they carry.
func tests(_ room: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: "\(room)Tests", dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "gatehouse",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        room("Ground", []),
        room("Settings", ["Gate", "Ground", yams]),
        room("Markdown", ["CCmark", "Ground"]),
        room("Theme", ["Ground", mustache]),
        room("Gate", ["Ground"]),
        room("Site", ["Settings", "Markdown", "Theme", "Gate", "Ground", crypto, yams]),
        room("Transfer", ["CCurl", "Ground", httpTypes]),
        room("Appwrite", ["Transfer", "Ground", httpTypes]),
        room(
            "Server",
            [
                "Settings", "Theme", "Gate", "Appwrite", "Transfer", "Ground", crypto, httpTypes, hummingbird,
                hummingbirdCore,
                lifecycle, logging, nio, nioPosix,
            ]
        ),
        room("DevIdentity", ["Ground", crypto, httpTypes, hummingbird, lifecycle, logging, nio]),
        .executableTarget(
            name: "gatehouse",
            dependencies: [
                "Settings", "Site", "Server", "Appwrite", "Gate", "DevIdentity", "Ground", argumentParser,
                lifecycle, logging,
                nio,
            ],
            swiftSettings: strict
        ),
        tests("Ground", ["Ground"]),
        tests("Settings", ["Settings", "Gate", "Ground"]),
        tests("Markdown", ["Markdown", "Settings", "Ground"]),
        tests("Theme", ["Theme", "Ground"]),
        tests("Gate", ["Gate", "Ground"]),
        tests("Site", ["Site", "Settings", "Gate", "Ground"]),
        tests("Transfer", ["Transfer", "Ground", httpTypes, hummingbird]),
        tests("Appwrite", ["Appwrite", "Transfer", "DevIdentity", "Ground", httpTypes, logging]),
        tests(
            "DevIdentity",
            ["DevIdentity", "Ground", httpTypes, hummingbird, hummingbirdTesting, logging],
            exclude: ["sdk_peer.py"]
        ),
        tests(
            "Server",
            [
                "Server", "Site", "Settings", "Gate", "Appwrite", "DevIdentity", "Ground", httpTypes,
                hummingbird,
                hummingbirdTesting, logging,
            ]
        ),
        tests("Command", ["gatehouse", "Ground"]),
    ]
)
