/// One measure as a ``MeasureStore`` holds it: where its ``MeasureTexts`` begin, and which entries of the store's tables
/// it uses.
///
/// 16 bytes, so that a country's measures fit into a small machine and a pass over them reads little.
public struct MeasureRecord: Sendable, BitwiseCopyable {
  /// Lists of duties that a store can tell apart.
  public static let mostDuties = 1 << 24

  /// The offset of the measure's texts within the store's texts.
  public var textStart: UInt32
  /// Which of the store's ``MeasureStore/assignments``.
  public var assignment: UInt32
  /// Which of the store's ``MeasureStore/deadlines``.
  public var deadline: UInt32
  private var dutiesLow: UInt16
  private var dutiesHigh: UInt8
  /// Where it stands.
  public var status: Measure.Status

  /// A record of these parts.
  public init(
    textStart: UInt32, assignment: UInt32, deadline: UInt32, duties: UInt32, status: Measure.Status
  ) {
    self.textStart = textStart
    self.assignment = assignment
    self.deadline = deadline
    (dutiesLow, dutiesHigh) = (0, 0)
    self.status = status
    self.duties = duties
  }

  /// Which of the store's ``MeasureStore/duties``; fewer than ``mostDuties``.
  public var duties: UInt32 {
    get { UInt32(dutiesHigh) << 16 | UInt32(dutiesLow) }
    set {
      precondition(newValue < Self.mostDuties)
      dutiesLow = UInt16(truncatingIfNeeded: newValue)
      dutiesHigh = UInt8(truncatingIfNeeded: newValue >> 16)
    }
  }
}
