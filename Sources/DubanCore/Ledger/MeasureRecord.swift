/// One measure as a ``MeasureStore`` holds it: where its texts begin, and which entries of the store's tables it uses.
///
/// 40 bytes, so that a country's measures fit into a small machine. The texts stand one after the other, in the order
/// of their counts here.
public struct MeasureRecord: Sendable, BitwiseCopyable {
  /// The offset of the first text within the store's texts.
  public var textStart: UInt32
  /// Bytes of the id.
  public var idCount: UInt32
  /// Bytes of the title.
  public var titleCount: UInt32
  /// Bytes of the text after the title.
  public var textCount: UInt32
  /// Bytes of 进展情况.
  public var progressCount: UInt32
  /// The number within its area.
  public var number: UInt32
  /// Which of the store's ``MeasureStore/assignments``.
  public var assignment: UInt32
  /// Which of the store's ``MeasureStore/deadlines``.
  public var deadline: UInt32
  /// Which of the store's ``MeasureStore/duties``.
  public var duties: UInt32
  /// Where it stands.
  public var status: Measure.Status

  /// A record of these parts.
  public init(
    textStart: UInt32, idCount: UInt32, titleCount: UInt32, textCount: UInt32, progressCount: UInt32,
    number: UInt32, assignment: UInt32, deadline: UInt32, duties: UInt32, status: Measure.Status
  ) {
    self.textStart = textStart
    self.idCount = idCount
    self.titleCount = titleCount
    self.textCount = textCount
    self.progressCount = progressCount
    self.number = number
    self.assignment = assignment
    self.deadline = deadline
    self.duties = duties
    self.status = status
  }
}
