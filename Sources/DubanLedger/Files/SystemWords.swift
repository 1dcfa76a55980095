import Foundation

/// Errors of the system and of Foundation, in words that a person can act on.
public enum SystemWords {
  /// What a number of `errno` means.
  public static func of(_ code: Int32) -> String {
    switch code {
    case ENOTDIR: "a part of the path is a file, not a folder"
    case EEXIST: "there is a file of that name already"
    case EACCES, EPERM: "permission denied to the user \(user(geteuid()))"
    default: String(cString: strerror(code))
    }
  }

  /// The same of an error that Foundation throws: the system's own number stands somewhere beneath it.
  public static func of(_ error: any Error) -> String {
    var next: NSError? = error as NSError
    while let error = next {
      if error.domain == NSPOSIXErrorDomain { return of(Int32(error.code)) }
      next = error.userInfo[NSUnderlyingErrorKey] as? NSError
    }
    switch (error as? CocoaError)?.code {
    case .fileWriteOutOfSpace: return of(ENOSPC)
    case .fileWriteVolumeReadOnly: return of(EROFS)
    case .fileWriteNoPermission, .fileReadNoPermission: return of(EACCES)
    case .fileWriteFileExists: return of(EEXIST)
    case .fileNoSuchFile, .fileReadNoSuchFile: return of(ENOENT)
    default:
      let error = error as NSError
      return "the system refuses (\(error.domain) \(error.code))"
    }
  }

  /// The name of a user, or its number where it has none.
  static func user(_ number: uid_t) -> String {
    getpwuid(number).map { String(cString: $0.pointee.pw_name) } ?? String(number)
  }
}
