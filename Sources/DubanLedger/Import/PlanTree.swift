/// A plan's paragraphs as a tree: chapters, sections and items with what is under each.
struct PlanTree {
  /// What is under a heading or item.
  enum Element {
    case child(Int)
    /// A label with its value, and the paragraphs that go on with it.
    case label(PlanLabel, PlanParagraph, more: [PlanParagraph])
    case part(PlanMarker, PlanParagraph)
    case table(DocumentTable)
    case plain(PlanParagraph)
  }

  /// A heading or item; the first node is the document.
  struct Node {
    var marker: PlanMarker?
    var paragraph: PlanParagraph?
    var parent: Int?
    var elements: [Element] = []
    fileprivate(set) var partsAreMeasures = false
  }

  /// The nodes in the document's order; the first is the document itself.
  private(set) var nodes = [Node()]
  /// The nodes from the document down to the one that is being read.
  private var path = [0]
  /// Whether numbers that follow belong to a label's list (主要问题：1. … 2. …).
  private var isListOpen = false

  init(_ paragraphs: [PlanParagraph]) {
    for (index, paragraph) in paragraphs.enumerated() {
      if case .label(.problems, let marker?) = paragraph.kind,
        marker.isWorded || Self.numbersProblems(marker, paragraphs[(index + 1)...])
      {
        add(problem: paragraph, marker)
      } else {
        add(paragraph)
      }
    }
    for index in nodes.indices { nodes[index].partsAreMeasures = Self.areMeasures(nodes[index]) }
  }

  /// Whether the number before 存在问题 counts problems, each with measures of its own, rather than the headings 主要问题,
  /// 整改目标 and 整改措施 of one area: the next of its kind isn't another heading.
  private static func numbersProblems(_ marker: PlanMarker, _ rest: ArraySlice<PlanParagraph>) -> Bool {
    for paragraph in rest {
      switch paragraph.kind {
      case .label(let label, let next?) where next.level == marker.level: return label == .problems
      case .label(.goal, nil), .label(.measures, nil): return true
      case .numbered(let next) where next.level <= marker.level: return false
      default: continue
      }
    }
    return false
  }

  /// Adds a numbered problem: an area of its own.
  private mutating func add(problem paragraph: PlanParagraph, _ marker: PlanMarker) {
    open(marker, paragraph)
    nodes[current].elements.append(.label(.problems, paragraph, more: []))
  }

  /// Begins the node of a number, below the last one of a higher level.
  private mutating func open(_ marker: PlanMarker, _ paragraph: PlanParagraph) {
    isListOpen = false
    while let level = nodes[current].marker?.level, level >= marker.level { path.removeLast() }
    nodes.append(Node(marker: marker, paragraph: paragraph, parent: current))
    nodes[current].elements.append(.child(nodes.count - 1))
    path.append(nodes.count - 1)
  }

  private var current: Int { path[path.count - 1] }

  private mutating func add(_ paragraph: PlanParagraph) {
    switch paragraph.kind {
    case .pageNumber, .date, .aside: break
    case .label(let label, _) where label.isContact: path = [0]
    case .label(let label, _): add(label, paragraph)
    case .table(let table): nodes[current].elements.append(.table(table))
    case .plain where Self.endsBody(paragraph.text):
      path = [0]
      nodes[0].elements.append(.plain(paragraph))
    case .plain: if !extendLabel(with: paragraph) { nodes[current].elements.append(.plain(paragraph)) }
    case .numbered(let marker): add(marker, paragraph)
    }
  }

  /// Whether a paragraph is after the body by the customs of official documents.
  private static func endsBody(_ text: String) -> Bool {
    ["附件", "附：", "附:", "抄送", "（此件", "(此件", "主题词"].contains(where: text.hasPrefix)
  }

  private mutating func add(_ marker: PlanMarker, _ paragraph: PlanParagraph) {
    if marker.level >= .item, !marker.isWorded, isListOpen, extendLabel(with: paragraph) { return }
    if marker.level == .part {
      if !extendLabel(with: paragraph) { nodes[current].elements.append(.part(marker, paragraph)) }
    } else {
      open(marker, paragraph)
    }
  }

  private mutating func add(_ label: PlanLabel, _ paragraph: PlanParagraph) {
    let first = PlanMarker.read(paragraph.text)
    isListOpen = (label == .problems || label == .goal) && (paragraph.text.isEmpty || first != nil)
    if !label.isClosing, nodes[current].marker?.level == .item, !isProblem(current) { path.removeLast() }
    if label == .measures, let first, first.marker.level == .item {
      add(
        first.marker, PlanParagraph(kind: .numbered(first.marker), text: first.rest, lines: paragraph.lines))
    } else {
      nodes[current].elements.append(.label(label, paragraph, more: []))
    }
  }

  /// Whether an item is a problem with its own measures (1. …问题 / 整改措施：…) rather than a measure: nothing has
  /// closed it yet.
  private func isProblem(_ index: Int) -> Bool {
    !nodes[index].elements.contains {
      if case .label(let label, _, _) = $0 { label.isClosing } else { false }
    }
  }

  /// Adds a paragraph to the label before it, where that is one that goes on.
  private mutating func extendLabel(with paragraph: PlanParagraph) -> Bool {
    let last = nodes[current].elements.count - 1
    guard last >= 0, case .label(let label, let first, var more) = nodes[current].elements[last],
      !label.isClosing
    else { return false }
    if label == .measures, first.text.isEmpty { return false }
    // Held here alone, the list grows in its place.
    nodes[current].elements[last] = .plain(paragraph)
    more.append(paragraph)
    nodes[current].elements[last] = .label(label, first, more: more)
    return true
  }

  /// Whether a node can be a measure: numbered, with nothing numbered, no table and no 主要问题 or the like under it.
  func isLeaf(_ index: Int) -> Bool {
    nodes[index].marker != nil
      && nodes[index].elements.allSatisfy { element in
        switch element {
        case .child, .table: false
        case .label(let label, _, _): label.isClosing
        case .part, .plain: true
        }
      }
  }

  /// Whether parts are measures of their own: at least two, or one below a chapter's title, each with a closing in brackets;
  /// or paragraphs without numbers, each with a closing.
  private static func areMeasures(_ node: Node) -> Bool {
    let elements = node.elements
    let plain = elements.compactMap { if case .plain(let paragraph) = $0 { paragraph } else { nil } }
    if plain.count >= 2, plain.count == elements.count {
      return plain.allSatisfy { Closing.take(from: $0.text, $0.lines) != nil }
    }
    let parts = elements.compactMap { if case .part(_, let paragraph) = $0 { paragraph } else { nil } }
    let isBelowTitle =
      node.marker?.level == .chapter && !(node.paragraph?.text.contains(where: \.endsSentence) ?? true)
    return parts.count >= (isBelowTitle && elements.count == 1 ? 1 : 2)
      && parts.allSatisfy { BracketedClosing.take(from: $0.text) != nil }
  }

  func chapter(of index: Int) -> Node? {
    var node: Node? = nodes[index]
    while let at = node, at.marker?.level != .chapter { node = at.parent.map { nodes[$0] } }
    return node
  }
}
