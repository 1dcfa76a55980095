public import DubanCore

/// The `papers:` section: how 督办单 and 通报 are numbered, and the colours of the former.
public struct PaperSettings: Sendable, Equatable {
  /// Before the year in a 督办单's number: 督〔2022〕3号.
  public var slipSeries = "督"
  /// The same of a 通报.
  public var bulletinSeries = "督通"
  /// The colours of a 督办单, the gravest last.
  public var levels = SlipLevel.suqian
  /// Whether a 督办单 goes with the mail to a unit's head.
  public var attachesSlips = false

  /// Settings with every default.
  public init() {}
}
