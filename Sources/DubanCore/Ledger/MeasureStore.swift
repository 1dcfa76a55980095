/// The measures of a ledger as columns: what many of them share stands once, and everything else in two blocks of
/// memory.
///
/// A ``Measure`` is made of it when somebody asks for one. What goes through all measures reads the records.
public final class MeasureStore: Sendable {
  /// Where records and texts are kept.
  public let memory: any MeasureMemory
  /// The deadlines, each once.
  public let deadlines: [Deadline]
  /// Who answers, each combination once.
  public let assignments: [Assignment]
  /// The lists of duties, each once.
  public let duties: [[Duty]]

  /// A store over memory whose records use these tables.
  public init(
    memory: any MeasureMemory, deadlines: [Deadline], assignments: [Assignment], duties: [[Duty]]
  ) {
    self.memory = memory
    self.deadlines = deadlines
    self.assignments = assignments
    self.duties = duties
  }

  /// A store of these measures.
  public convenience init(_ measures: some Collection<Measure>) {
    var deadlines = DistinctValues<Deadline>()
    var assignments = DistinctValues<Assignment>()
    var duties = DistinctValues<[Duty]>()
    var records: [MeasureRecord] = []
    var texts: [UInt8] = []
    records.reserveCapacity(measures.count)
    for measure in measures {
      let start = texts.count
      for text in [measure.id, measure.title, measure.text, measure.progress] {
        texts.append(contentsOf: text.utf8)
      }
      records.append(
        MeasureRecord(
          textStart: UInt32(start), idCount: UInt32(measure.id.utf8.count),
          titleCount: UInt32(measure.title.utf8.count), textCount: UInt32(measure.text.utf8.count),
          progressCount: UInt32(measure.progress.utf8.count), number: UInt32(clamping: measure.number),
          assignment: assignments.place(of: Assignment(units: measure.units, persons: measure.persons)),
          deadline: deadlines.place(of: measure.deadline), duties: duties.place(of: measure.duties),
          status: measure.status))
    }
    self.init(
      memory: MeasureHeap(records, texts), deadlines: deadlines.values, assignments: assignments.values,
      duties: duties.values)
  }

  /// The measure at that place.
  public func measure(_ place: Int) -> Measure {
    let record = memory.records[place]
    let (title, text, progress) = (record.titleStart, record.bodyStart, record.progressStart)
    let assignment = assignments[Int(record.assignment)]
    return Measure(
      id: id(record), number: Int(record.number), title: string(title, record.titleCount),
      text: string(text, record.textCount), units: assignment.units, persons: assignment.persons,
      deadline: deadlines[Int(record.deadline)], duties: duties[Int(record.duties)], status: record.status,
      progress: string(progress, record.progressCount))
  }

  /// The id of a record of this store.
  public func id(_ record: MeasureRecord) -> String { string(Int(record.textStart), record.idCount) }

  private func string(_ start: Int, _ count: UInt32) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: memory.texts[start..<start + Int(count)]), as: UTF8.self)
  }
}

extension MeasureRecord {
  /// Where the title begins within the store's texts.
  fileprivate var titleStart: Int { Int(textStart) + Int(idCount) }
  /// Where the text after the title begins.
  fileprivate var bodyStart: Int { titleStart + Int(titleCount) }
  /// Where 进展情况 begins.
  fileprivate var progressStart: Int { bodyStart + Int(textCount) }
}
