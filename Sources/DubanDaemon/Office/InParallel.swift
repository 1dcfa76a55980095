/// Works on many things at once, on every core.
enum InParallel {
  /// What `transform` makes of each element, in the elements' order.
  static func map<Element: Sendable, Made: Sendable>(
    _ elements: [Element], _ transform: @escaping @Sendable (Element) -> Made
  ) -> [Made] {
    Ahead(elements, room: elements.count, transform).take(elements.count)
  }
}
