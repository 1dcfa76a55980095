import Dispatch
import DubanCourier
import DubanMail
import Synchronization

/// A relay without a network: answers each message as the test says, and records what it took.
final class ScriptedRelay: Sendable {
  struct Record: Sendable, Equatable {
    var messageID: String
    var connection: Int
  }

  private let records = Mutex<[Record]>([])
  private let connections = Mutex(0)
  private let answer: @Sendable (Message, _ number: Int) -> AttemptResult

  init(
    answer: @escaping @Sendable (Message, _ number: Int) -> AttemptResult = { _, _ in
      AttemptResult(step: .finalDot, result: .accepted, code: 250, text: "ok")
    }
  ) { self.answer = answer }

  var received: [Record] { records.withLock { $0 } }
  var messageIDs: [String] { received.map(\.messageID) }

  func courier() -> sending any Courier { ScriptedCourier(self) }

  fileprivate func connect() -> Int {
    connections.withLock { count in
      count += 1
      return count
    }
  }

  fileprivate func take(_ message: Message, _ connection: Int) -> AttemptResult {
    let number = records.withLock { records in
      records.append(Record(messageID: message.messageID, connection: connection))
      return records.count
    }
    return answer(message, number)
  }
}

private final class ScriptedCourier: Courier {
  private let relay: ScriptedRelay
  private var connection: Int?

  init(_ relay: ScriptedRelay) { self.relay = relay }

  func deliver(_ message: Message, until deadline: SendDeadline?) -> AttemptResult {
    let connection = connection ?? relay.connect()
    self.connection = connection
    return relay.take(message, connection)
  }

  func close() { connection = nil }
}
