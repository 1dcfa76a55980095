/// The version of this executable.
enum Version {
  static let text = "0.1.0"
}
