/// Paths in a file are relative to that file's folder.
public enum RelativePath {
  /// `path` as seen from where `file` was named: absolute paths stay, others are put behind the file's folder.
  public static func resolve(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}
