public import Foundation

/// Where `swift build` put the programs of this package.
public enum BuiltProducts {
  /// The folder of the programs: beside the tests themselves. `swift test` runs them in a helper, whose argument
  /// names the test bundle.
  public static let folder: URL = {
    if let bundle = CommandLine.arguments.first(where: { $0.hasSuffix(".xctest") }) {
      return URL(fileURLWithPath: bundle).deletingLastPathComponent()
    }
    return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }()

  /// The built `duban`.
  public static let duban = folder.appendingPathComponent("duban")
}
