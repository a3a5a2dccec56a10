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
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// Where Debian keeps Qt's headers; its pkg-config file has flags that the package manager refuses with a warning.
#if arch(arm64)
let qtRoot = "/usr/include/aarch64-linux-gnu/qt5"
#else
let qtRoot = "/usr/include/x86_64-linux-gnu/qt5"
#endif
let qt = [qtRoot, "\(qtRoot)/QtCore", "\(qtRoot)/QtGui"]

let package = Package(
    name: "gatehouse",
    products: [
        .executable(name: "gatehouse", targets: ["gatehouse"]),
        .executable(name: "gatehouse-highlight", targets: ["gatehouse-highlight"]),
        // For those who build their own server, with hooks in Swift.
        .library(name: "GatehouseKit", targets: ["GatehouseKit"]),
    ],
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
        .target(name: "CAllocator"),
        .target(name: "CArena"),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CFolders"),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CSPNG", pkgConfig: "spng", providers: [.apt(["libspng-dev"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(
            name: "CTurboJPEG",
            pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"])]
        ),
        .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
        .executableTarget(
            name: "gatehouse-highlight",
            cxxSettings: [.unsafeFlags(qt.flatMap { ["-isystem", $0] })],
            linkerSettings: [.linkedLibrary("KF5SyntaxHighlighting"), .linkedLibrary("Qt5Core")]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        room("Ground", []),
        room("Compression", ["CBrotli", "CZlib", "Ground"]),
        room("Photographs", ["CSPNG", "CTurboJPEG", "CWebP"]),
        room("Settings", ["Gate", "Ground", yams]),
        room("Highlight", []),
        room("Minification", []),
        room("QRCode", ["CQREncode"]),
        room("Search", ["CStemmer"]),
        room("Markdown", ["CArena", "CCmark", "Gate", "Math", "Ground"]),
        room("Math", ["Ground"]),
        room("Theme", ["Ground", mustache]),
        room("Gate", ["Ground"]),
        room(
            "Site",
            [
                "Settings", "Markdown", "Highlight", "Theme", "Gate", "Compression", "Minification",
                "Photographs", "Search", "CFolders", "Ground", crypto, yams,
            ]
        ),
        room("Transfer", ["CCurl", "Ground", httpTypes]),
        room("Appwrite", ["Transfer", "Ground", httpTypes]),
        room("Hooks", ["Settings", "Transfer", "Ground", crypto, httpTypes, lifecycle, logging]),
        room(
            "Server",
            [
                "Settings", "Theme", "Gate", "Appwrite", "Hooks", "QRCode", "Transfer", "Ground", crypto,
                httpTypes, hummingbird, hummingbirdCore,
                lifecycle, logging, nio, nioHTTP1, nioPosix,
            ]
        ),
        room("GatehouseKit", ["Server", "Hooks", lifecycle, logging]),
        room("DevIdentity", ["Settings", "Ground", crypto, httpTypes, hummingbird, lifecycle, logging, nio]),
        .executableTarget(
            name: "gatehouse",
            dependencies: [
                "Settings", "Site", "Highlight", "Minification", "Server", "Hooks", "Appwrite", "Gate",
                "DevIdentity", "Transfer", "Ground", "CAllocator",
                argumentParser,
                httpTypes, lifecycle, logging, nio, nioPosix,
            ],
            swiftSettings: strict,
            // A quarter of a build's processor time was glibc's malloc. Tests keep it, so that sanitizers can look.
            linkerSettings: [.linkedLibrary("jemalloc", .when(configuration: .release))],
            plugins: ["LanternPlugin"]
        ),
        .executableTarget(name: "pack-theme", path: "Sources/PackTheme", swiftSettings: strict),
        .plugin(
            name: "LanternPlugin",
            capability: .buildTool(),
            dependencies: ["pack-theme"],
            path: "Sources/LanternPlugin"
        ),
        tests("Ground", ["Ground"]),
        tests("Compression", ["Compression", "Ground"]),
        .target(
            name: "TestPictures",
            dependencies: ["Compression", "Ground"],
            path: "Tests/Pictures",
            swiftSettings: strict
        ),
        .target(
            name: "FuzzProperties",
            dependencies: ["Server", "Settings", "Gate", "Ground", httpTypes],
            path: "Tests/Fuzz/Properties",
            swiftSettings: strict
        ),
        tests("Photographs", ["Photographs", "TestPictures", "CWebP"]),
        tests("Settings", ["Settings", "Gate", "Ground"]),
        tests("Highlight", ["Highlight", "gatehouse-highlight"]),
        tests("Minification", ["Minification"]),
        tests("QRCode", ["QRCode"]),
        tests("Search", ["Search"]),
        tests("Markdown", ["Markdown", "Settings", "Ground"]),
        tests("Math", ["Math"]),
        tests("Theme", ["Theme", "Ground", mustache]),
        tests("Gate", ["Gate", "Ground"]),
        tests(
            "Site",
            [
                "Site", "Settings", "Markdown", "Theme", "Gate", "Compression", "Highlight",
                "gatehouse-highlight", "Minification", "TestPictures", "Ground",
            ]
        ),
        tests("Transfer", ["Transfer", "Ground", httpTypes, hummingbird]),
        tests("Appwrite", ["Appwrite", "Transfer", "DevIdentity", "Ground", httpTypes, logging]),
        tests(
            "Hooks",
            ["Hooks", "Settings", "Transfer", "Ground", httpTypes, hummingbird, lifecycle, logging, nio]
        ),
        tests(
            "DevIdentity",
            ["DevIdentity", "Ground", httpTypes, hummingbird, hummingbirdTesting, logging],
            exclude: ["sdk_peer.py"]
        ),
        tests(
            "Server",
            [
                "Server", "Site", "Settings", "Theme", "Gate", "Appwrite", "DevIdentity", "Compression",
                "FuzzProperties", "Hooks", "Ground", httpTypes, hummingbird, hummingbirdTesting, lifecycle,
                logging,
                nio,
            ]
        ),
        tests(
            "GatehouseKit",
            ["GatehouseKit", "Site", "Settings", "DevIdentity", "Transfer", "Ground", httpTypes, logging]
        ),
        tests(
            "Command",
            [
                "gatehouse", "Appwrite", "DevIdentity", "Settings", "Transfer", "Ground", argumentParser,
                logging,
            ]
        ),
    ],
    cxxLanguageStandard: .cxx17
)

// libFuzzer brings a `main` of its own, and its counters cost time: both are there only where `make fuzz` asks for them.
if Context.environment["GATEHOUSE_FUZZER"] != nil {
    let counting = SwiftSetting.unsafeFlags(["-sanitize=fuzzer"])
    for target in package.targets
    where ["Ground", "Gate", "Settings", "Server", "FuzzProperties"].contains(target.name) {
        target.swiftSettings = (target.swiftSettings ?? []) + [counting]
    }
    package.targets.append(
        .executableTarget(
            name: "gatehouse-fuzzer",
            dependencies: ["FuzzProperties"],
            path: "Tests/Fuzz/Fuzzer",
            swiftSettings: strict + [counting],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
        )
    )
}
