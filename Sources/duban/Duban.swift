import ArgumentParser
import Foundation

/// The command line.
@main
struct Duban: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reminds owners of measures by mail.", subcommands: [ImportCommand.self])
}
