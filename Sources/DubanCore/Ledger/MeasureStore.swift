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
      texts += MeasureTexts.bytes(of: measure)
      records.append(
        MeasureRecord(
          textStart: UInt32(start),
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
    let texts = MeasureTexts(memory.texts, at: record.textStart)
    let assignment = assignments[Int(record.assignment)]
    return Measure(
      id: string(texts.id), number: Int(texts.number), title: string(texts.title), text: string(texts.text),
      units: assignment.units, persons: assignment.persons, deadline: deadlines[Int(record.deadline)],
      duties: duties[Int(record.duties)], status: record.status, progress: string(texts.progress))
  }

  /// The id of a record of this store.
  public func id(_ record: MeasureRecord) -> String {
    string(MeasureTexts(memory.texts, at: record.textStart).id)
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: memory.texts[range]), as: UTF8.self)
  }
}
