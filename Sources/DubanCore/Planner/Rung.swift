/// One step of a ladder, worked out for one date.
public struct Rung: Sendable, Hashable {
  /// The step.
  public var stage: Stage
  /// The day it stands for.
  public var nominal: CivilDate
  /// The day it goes out: the nominal day moved off days without sending, and never before the plan's issue.
  public var sendOn: CivilDate

  /// A rung of these parts.
  public init(stage: Stage, nominal: CivilDate, sendOn: CivilDate) {
    self.stage = stage
    self.nominal = nominal
    self.sendOn = sendOn
  }
}
