public import Dispatch

extension DispatchSemaphore {
  /// Waits for the signal; false where half a minute passes without it, so that a test fails rather than hangs.
  ///
  /// A test's own time limit won't do: it counts while the test waits for its turn behind all others.
  public var comes: Bool { wait(timeout: .now() + 30) == .success }
}
