import ArgumentParser

/// A relay that a complete configuration is shipped for: the name of its file in `presets`, without `.yaml`.
enum Preset: String, CaseIterable, ExpressibleByArgument {
  case netEase126 = "126"
  case netEase163 = "163"
  case qq
  case exchange
  case localRelay = "local-relay"

  /// Whether the relay's name is the office's own, rather than the provider's.
  var needsHost: Bool { self == .exchange }
  /// Whether somebody logs in.
  var needsPassword: Bool { self != .localRelay }
}
