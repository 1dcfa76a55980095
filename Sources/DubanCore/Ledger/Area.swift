/// 领域: one of the plan's chapters, with its problems, its goal and its measures.
public struct Area: Sendable, Equatable {
  /// The place in the plan, from 1.
  public var index: Int
  /// The chapter's name.
  public var name: String
  /// 主要问题, one each.
  public var problems: [String]
  /// 整改目标.
  public var goal: String
  /// 整改措施, in order.
  public var measures: [Measure]

  /// An area of these parts.
  public init(index: Int, name: String, problems: [String], goal: String, measures: [Measure]) {
    self.index = index
    self.name = name
    self.problems = problems
    self.goal = goal
    self.measures = measures
  }
}
