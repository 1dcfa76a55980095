import Dispatch
public import DubanCore
import Foundation

/// The only place that reads a clock.
public struct Clock: Sendable {
  private let read: @Sendable () -> Timestamp

  /// A clock that reads `read`; tests pass one that stands still.
  public init(_ read: @escaping @Sendable () -> Timestamp) { self.read = read }

  /// The present moment.
  public func now() -> Timestamp { read() }

  /// The machine's clock.
  public static let system = Clock { Timestamp(seconds: Int64(Date().timeIntervalSince1970.rounded(.down))) }

  /// A clock that shows `moment` now and goes on from there (`--now`).
  public static func starting(at moment: Timestamp) -> Clock {
    let start = DispatchTime.now().uptimeNanoseconds
    return Clock {
      moment.adding(seconds: Int64((DispatchTime.now().uptimeNanoseconds - start) / 1_000_000_000))
    }
  }
}
