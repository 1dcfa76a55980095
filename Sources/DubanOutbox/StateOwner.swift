import CLinux
import Glibc

/// The user that a state directory belongs to.
///
/// Files that root makes in it would lock the service out of its own database, so every command becomes its owner
/// before it opens anything.
public struct StateOwner: Sendable, Hashable {
  /// The owner's number.
  public var user: UInt32
  /// The directory's group.
  public var group: UInt32

  /// What a process of `effectiveUser` has to become to work in a directory of this owner; nil: nothing. Pure.
  public func toBecome(from effectiveUser: UInt32) -> StateOwner? {
    effectiveUser == 0 && user != 0 ? self : nil
  }

  /// Who owns the directory.
  public static func of(_ directory: String) throws(OutboxError) -> StateOwner {
    var status = stat()
    guard stat(directory, &status) == 0 else {
      throw errno == ENOENT ? OutboxError.noDirectory(directory) : OutboxError.notPermitted(directory)
    }
    return StateOwner(user: status.st_uid, group: status.st_gid)
  }

  /// When this process is root and the directory is another user's, becomes that user for good: supplementary
  /// groups, group and user, in this order, since the rights to change the former go with the latter.
  ///
  /// Call it before any other thread is at work and before any file of the directory is opened.
  public static func assume(_ directory: String) throws(OutboxError) {
    guard let owner = try of(directory).toBecome(from: geteuid()) else { return }
    var groups = [gid_t(owner.group)]
    guard setgroups(groups.count, &groups) == 0, setgid(owner.group) == 0, setuid(owner.user) == 0,
      // A setuid that left a way back would be worse than none (setuid(2), "Notes").
      setuid(0) != 0
    else { throw OutboxError.cannotBecome(user: owner.user, directory: directory) }
    // A process that changed its user is hidden from that user's others under ProtectProc=invisible, and the
    // service would take it for dead (proc(5), hidepid; prctl(2), PR_SET_DUMPABLE).
    _ = duban_set_dumpable(1)
  }
}
