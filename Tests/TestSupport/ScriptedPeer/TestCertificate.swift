internal import Foundation

/// A certificate made for one test run by the `openssl` command, with its key, in a throw-away folder.
public struct TestCertificate: Sendable, Hashable {
  /// What is right or wrong with it.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// For localhost and 127.0.0.1, issued by the authority, valid for a month.
    case good
    /// As `good`, but it ended in 2021.
    case expired
    /// As `good`, but for another host.
    case wrongName
    /// For localhost, but issued by itself.
    case selfSigned
  }

  /// The certificate, PEM.
  public let certificateFile: String
  /// Its key, PEM.
  public let keyFile: String
}

/// An authority and the certificates that it issued, for one test run.
public struct TestAuthority: Sendable {
  /// The one of this process: made once, because keys cost time.
  public static let shared = Result { try TestAuthority() }

  /// The authority's own certificate, PEM: what a client is to trust.
  public let certificateFile: String
  private let certificates: [TestCertificate.Kind: TestCertificate]

  /// The certificate of this kind.
  public subscript(_ kind: TestCertificate.Kind) -> TestCertificate? { certificates[kind] }

  private init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "duban-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      RepositoryFile.url("Tests/TestSupport/ScriptedPeer/certificates.sh").path, folder.path,
    ]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    certificateFile = folder.appendingPathComponent("authority.pem").path
    var made: [TestCertificate.Kind: TestCertificate] = [:]
    for kind in TestCertificate.Kind.allCases {
      made[kind] = TestCertificate(
        certificateFile: folder.appendingPathComponent("\(kind.rawValue).pem").path,
        keyFile: folder.appendingPathComponent("\(kind.rawValue).key").path)
    }
    certificates = made
    atexit {
      guard case .success(let authority) = TestAuthority.shared else { return }
      let folder = URL(fileURLWithPath: authority.certificateFile).deletingLastPathComponent()
      // A file that stays in the system's folder for such files harms nobody.
      try? FileManager.default.removeItem(at: folder)
    }
  }
}
