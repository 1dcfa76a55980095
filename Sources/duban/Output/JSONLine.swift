import Foundation

/// JSON as the commands print it.
enum JSONLine {
  /// One line, keys sorted, slashes as they are.
  static func line(_ value: some Encodable) throws -> String { try encode(value, pretty: false) }

  /// A document for people and programs: indented, keys sorted.
  static func document(_ value: some Encodable) throws -> String { try encode(value, pretty: true) }

  private static func encode(_ value: some Encodable, pretty: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
