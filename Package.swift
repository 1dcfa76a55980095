// swift-tools-version:6.2
import PackageDescription

/// Held by every target: the Swift 6 language mode, honest module borders, and no warning let through.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "duban",
  products: [.executable(name: "duban", targets: ["duban"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "CCurl"),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .target(name: "CPostgres"),
    .systemLibrary(name: "CSystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .target(name: "DubanCore", swiftSettings: strict),
    .target(name: "DubanText", swiftSettings: strict),
    .target(name: "DubanZip", dependencies: ["CZip"], swiftSettings: strict),
    .target(
      name: "DubanLedger",
      dependencies: [
        "DubanCore", "DubanText", "DubanZip", "CLinux", "CExpat", "CZip", "CXlsxWriter",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "DubanMail",
      dependencies: ["DubanCore", "DubanZip", "CCrypto"],
      resources: [.embedInCode("Templates")],
      swiftSettings: strict),
    .target(
      name: "DubanOutbox",
      dependencies: [
        "DubanCore", "CLinux", "CPostgres", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "DubanCourier",
      dependencies: ["DubanCore", "DubanText", "DubanMail", "CCurl"],
      swiftSettings: strict),
    .target(
      name: "DubanInbox", dependencies: ["DubanCore", "DubanText", "DubanCourier"], swiftSettings: strict),
    .target(
      name: "DubanDaemon",
      dependencies: [
        "DubanCore", "DubanLedger", "DubanMail", "DubanOutbox", "DubanCourier", "DubanInbox", "CLinux",
        "CSystemd",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "duban",
      dependencies: [
        "DubanCore", "DubanLedger", "DubanMail", "DubanOutbox", "DubanCourier", "DubanInbox", "DubanDaemon",
        "CLinux",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .systemLibrary(
      name: "COpenSSL", path: "Tests/COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .target(
      name: "TestSupport",
      dependencies: ["DubanCore", "DubanLedger", "COpenSSL"],
      path: "Tests/TestSupport", exclude: ["ScriptedPeer/certificates.sh"],
      swiftSettings: strict),
    .target(
      name: "DeadlinePhrases", dependencies: ["DubanCore", "TestSupport"], path: "Tests/DeadlinePhrases",
      swiftSettings: strict),
    .executableTarget(
      name: "deadline-bench", dependencies: ["DubanCore", "DeadlinePhrases", "TestSupport"],
      path: "Benchmarks/Deadlines",
      swiftSettings: strict),
    .executableTarget(
      name: "mail-fuzz", dependencies: ["DubanInbox", "TestSupport"], path: "Benchmarks/Mails",
      swiftSettings: strict),
    .executableTarget(
      name: "compose-bench", dependencies: ["DubanCore", "DubanLedger", "DubanMail"],
      path: "Benchmarks/Composing", swiftSettings: strict),
    .testTarget(
      name: "DubanCoreTests", dependencies: ["DubanCore", "TestSupport", "DeadlinePhrases"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "DubanLedgerTests",
      dependencies: [
        "DubanCore", "DubanLedger", "DubanZip", "TestSupport", .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "DubanMailTests", dependencies: ["DubanMail", "DubanLedger", "TestSupport"],
      exclude: ["judge_mime.py", "Golden"], swiftSettings: strict),
    .testTarget(
      name: "DubanOutboxTests",
      dependencies: [
        "DubanOutbox", "TestSupport", "outbox-peer", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .executableTarget(
      name: "outbox-peer", dependencies: ["DubanCore", "DubanOutbox"], path: "Tests/OutboxPeer",
      swiftSettings: strict),
    .testTarget(
      name: "DubanCourierTests", dependencies: ["DubanCourier", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DubanInboxTests", dependencies: ["DubanInbox", "DubanCore", "DubanCourier", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DubanDaemonTests",
      dependencies: ["DubanDaemon", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
      exclude: ["Fixtures", "Scenarios"], swiftSettings: strict),
    .testTarget(
      name: "dubanTests", dependencies: ["duban", "DubanCore", "DubanCourier", "DubanDaemon", "TestSupport"],
      exclude: ["Fixtures", "Transcripts"], swiftSettings: strict),
  ]
)
