public import DubanCore

extension [Diagnostic] {
  /// Whether one of them is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }

  /// By file (in the order in which the files first appear), sheet, line and column; equal places keep their order.
  public func inFileOrder() -> [Diagnostic] {
    var ranks: [String: Int] = [:]
    for diagnostic in self where ranks[diagnostic.location.file] == nil {
      ranks[diagnostic.location.file] = ranks.count
    }
    func key(_ entry: (offset: Int, element: Diagnostic)) -> (Int, String, Int, Int, Int) {
      let place = entry.element.location
      return (ranks[place.file] ?? 0, place.sheet ?? "", place.line ?? 0, place.column ?? 0, entry.offset)
    }
    return enumerated().sorted { key($0) < key($1) }.map(\.element)
  }
}
