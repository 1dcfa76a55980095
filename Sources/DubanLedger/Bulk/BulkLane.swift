import Dispatch

/// A worker with a queue of its own: pieces of a table go in, and come out read, in order.
///
/// `@unchecked Sendable`: the worker is used on the queue alone.
final class BulkLane: @unchecked Sendable {
  private let queue = DispatchQueue(label: "duban.ledger.lane")
  private var worker: BulkWorker

  init(_ layout: BulkLayout) { worker = BulkWorker(layout) }

  /// Has a piece read.
  func read(_ piece: BulkPiece) {
    queue.async {
      do throws(BulkRefusal) {
        try self.worker.read(&piece.rows)
        piece.finish(nil)
      } catch {
        piece.finish(error)
      }
    }
  }
}
