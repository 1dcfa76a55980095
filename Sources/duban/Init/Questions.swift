import DubanCore
import DubanLedger
import Foundation

/// What isn't given as an option is asked for, where there is somebody to ask.
struct Questions {
  let isAnybodyThere: Bool

  init() { isAnybodyThere = isatty(STDIN_FILENO) == 1 }

  /// The answer to a question.
  ///
  /// - Parameters:
  ///   - option: the option that answers it.
  ///   - given: that option's value.
  ///   - usual: what an empty answer, or nobody to ask, means; nil when there must be one.
  ///   - problem: what is wrong with an answer; nil for nothing.
  func answer(
    _ question: String, option: String, given: String?, usual: String? = nil,
    problem: (String) -> String? = { _ in nil }
  ) throws -> String {
    if let given {
      if let problem = problem(given) { throw Failure(.usage, "duban init: \(option): \(problem)") }
      return given
    }
    if !isAnybodyThere, let usual { return usual }
    while true {
      let hint = usual.map { " [\($0)]" } ?? ""
      FileHandle.standardError.write(Data("\(question)\(hint): ".utf8))
      guard let line = readLine() else {
        throw Failure(.usage, "duban init: the answers ended; nothing was written")
      }
      let answer = line.trimmingCharacters(in: .whitespaces)
      if answer.isEmpty, let usual { return usual }
      guard let complaint = answer.isEmpty ? "an answer is needed" : problem(answer) else { return answer }
      Terminal.complain("  \(complaint)")
    }
  }

  /// What is wrong with an address.
  static func problem(inAddress address: String) -> String? {
    MailAddress.problem(in: address).map {
      "“\(address)” \($0); expected an address like name@example.org"
    }
  }

  /// What is wrong with a name that stands on one line.
  static func problem(inLine line: String) -> String? {
    let isBroken = line.unicodeScalars.contains { $0.properties.generalCategory == .control }
    return line.isEmpty || isBroken ? "expected some words on one line" : nil
  }
}
