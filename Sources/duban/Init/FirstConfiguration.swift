import Foundation

/// A newcomer's configuration: a preset with the placeholders replaced.
struct FirstConfiguration {
  /// Where the package's units look.
  static let packageFolder = "/etc/duban"
  /// The names that the presets hold in place of real ones.
  private static let placeholder = (sender: "整改办公室", host: "mail.example.org", state: "/var/lib/duban")

  /// The mailbox that mails come from.
  var address: String
  /// The name shown with it.
  var sender: String
  /// The relay's name, where the preset leaves it open.
  var host: String?
  /// Where the configuration will lie.
  var folder: String

  /// Where nothing is installed as a service, everything lies in one folder: also the state and the password.
  var isSelfContained: Bool { folder != Self.packageFolder }

  /// The configuration's text, made from a preset's.
  func text(from preset: String) -> String {
    var lines: [String] = []
    for line in preset.components(separatedBy: "\n") where !line.hasPrefix("# Replace ") {
      lines.append(
        line.replacing(/name@[a-z0-9.]+/, with: address)
          .replacingOccurrences(of: Self.placeholder.sender, with: sender)
          .replacingOccurrences(of: Self.placeholder.host, with: host ?? Self.placeholder.host))
      guard isSelfContained else { continue }
      let last = lines.count - 1
      lines[last] = lines[last].replacingOccurrences(of: Self.placeholder.state, with: "state")
        .replacingOccurrences(of: Self.packageFolder, with: folder)
      if line.hasPrefix("  user:") { lines.append("  passwordFile: relay-password") }
    }
    return lines.joined(separator: "\n")
  }

  /// What is wrong with a name for the sender, so that it can stand in YAML and in a mail's header as it is.
  static func problem(inSender name: String) -> String? {
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || " （）()·、-".unicodeScalars.contains($0)
    }
    guard isPlain, name.first?.isLetter == true, name.last != " " else {
      return "“\(name)” can't be used as the sender's name; expected letters, digits and （）, like 整改办公室"
    }
    return nil
  }
}
