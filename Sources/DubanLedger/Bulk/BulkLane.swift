import Dispatch

/// A worker with a queue of its own: pieces of a table go in, and come out read, in order.
///
/// `@unchecked Sendable`: the worker is used on the queue alone.
final class BulkLane: @unchecked Sendable {
  /// A piece on its way.
  ///
  /// `@unchecked Sendable`: written on the lane's queue before the semaphore is signalled, read after waiting for it.
  final class Job: @unchecked Sendable {
    let chunk: FileChunks.Chunk
    fileprivate var result: Result<BulkChunk, BulkRefusal> = .failure(.unsuited)
    fileprivate let done = DispatchSemaphore(value: 0)

    fileprivate init(_ chunk: FileChunks.Chunk) { self.chunk = chunk }

    /// Waits until the piece is read.
    func wait() throws(BulkRefusal) -> BulkChunk {
      done.wait()
      return try result.get()
    }
  }

  private let queue = DispatchQueue(label: "duban.ledger.lane")
  private var worker: BulkWorker

  init(_ layout: BulkLayout) { worker = BulkWorker(layout) }

  /// Has a piece read.
  func read(_ chunk: FileChunks.Chunk) -> Job {
    let job = Job(chunk)
    queue.async {
      do throws(BulkRefusal) {
        job.result = .success(try self.worker.read(chunk))
      } catch {
        job.result = .failure(error)
      }
      job.done.signal()
    }
    return job
  }
}
