/// The whole picture of one day for the contact: what the digest, the report page and `status` show.
public struct Overview: Sendable, Equatable {
  /// How many measures stand at each light.
  public struct Tally: Sendable, Equatable {
    /// What is counted: an area's or a unit's name.
    public var name: String
    /// Measures by light.
    public var lights: [Light: Int]

    /// A tally of these parts.
    public init(name: String, lights: [Light: Int] = [:]) {
      self.name = name
      self.lights = lights
    }

    /// All measures counted.
    public var total: Int { lights.values.reduce(0, +) }
  }

  /// What is late and what comes next.
  public struct Outlook: Sendable, Equatable {
    /// Measures whose date has passed.
    public var overdue: Int
    /// The nearest date of measures and duties within ``horizon``, and how many are due then; nil where none is.
    public var nearest: Nearest?

    /// A date and how many items are due on it.
    public struct Nearest: Sendable, Equatable {
      /// The date.
      public var due: CivilDate
      /// How many.
      public var count: Int
    }

    /// Takes in an open date of so many items.
    mutating func count(_ due: CivilDate, _ items: Int = 1) {
      switch nearest {
      case let known? where known.due < due: break
      case let known? where known.due == due: nearest?.count = known.count + items
      default: nearest = Nearest(due: due, count: items)
      }
    }
  }

  /// How much of the picture is wanted.
  public enum Extent: Sendable, Hashable {
    /// The total and the outlook alone; everything else stays empty.
    case numbers
    /// What wants attention: overdue, due within ``horizon``, undecided, submitted or put off; of each the first
    /// ``mostLines``, as the digest lists them, and perhaps more.
    case attention
    /// Every measure.
    case everything
  }

  /// One report date, and who has yet to report.
  public struct ReportStanding: Sendable, Equatable {
    /// The plan's key.
    public var plan: String
    /// The report date.
    public var due: CivilDate
    /// Who still owes the report, by unit.
    public var owing: [Recipient]

    /// A standing of these parts.
    public init(plan: String, due: CivilDate, owing: [Recipient]) {
      self.plan = plan
      self.due = due
      self.owing = owing
    }
  }

  /// The day.
  public var day: CivilDate
  /// The plans it is about.
  public var plans: [Plan]
  /// Every measure once, by its most urgent open date; the most urgent first. As many as the ``Extent`` says.
  public var measures: [AgendaItem]
  /// Every open date of those measures and their duties, and of reports; the nearest first.
  public var agenda: [AgendaItem]
  /// All measures.
  public var total: Tally
  /// By area, in the ledgers' order.
  public var areas: [Tally]
  /// By unit, in the ledgers' order. A measure of several units counts for each.
  public var units: [Tally]
  /// Report dates that are still ahead or lately passed, with whoever owes.
  public var reports: [ReportStanding]
  /// In two numbers: what is late, and what comes next.
  public var outlook: Outlook

  /// How many there are of what wants attention, besides the overdue, which the ``Outlook`` counts; all of them,
  /// whatever the ``Extent``.
  public struct Attention: Sendable, Equatable {
    /// A date within ``horizon``.
    public struct Day: Sendable, Equatable {
      /// The date.
      public var due: CivilDate
      /// How many items are due.
      public var count: Int
      /// The most urgent of their lights.
      public var light: Light
    }

    /// The dates of ``upcoming``, the nearest first.
    public var upcoming: [Day] = []
    /// How many there are of ``undecided``.
    public var undecided = 0
    /// How many there are of ``submitted``.
    public var submitted = 0
    /// How many there are of ``snoozed``.
    public var snoozed = 0
  }

  /// What wants attention, in numbers; empty where only the numbers of the ``Outlook`` were asked for.
  public var attention = Attention()

  /// How many lines the contact's digest lists of a kind: more nobody reads in a mail.
  public static let mostLines = 200

  /// How far ahead the contact looks, in days.
  public static let horizon = 30

  /// Open measures whose date has passed, the longest overdue first.
  public var overdue: [AgendaItem] { measures.filter { $0.light == .red } }
  /// Open dates from the day itself to ``horizon`` days ahead.
  public var upcoming: [AgendaItem] { agenda.filter(\.isAhead) }
  /// Measures whose deadline a person must decide.
  public var undecided: [AgendaItem] {
    measures.filter { $0.measure.map { $0.status != .closed && $0.deadline.needsDecision } ?? false }
  }
  /// Measures reported as done, waiting for confirmation (销号).
  public var submitted: [AgendaItem] { measures.filter { $0.silence == .submitted } }
  /// Open items that a person put off, with the date that passes meanwhile.
  public var snoozed: [AgendaItem] { agenda.filter(\.isPutOff) }
}

extension AgendaItem {
  /// Whether it is open, and due within ``Overview/horizon``.
  var isAhead: Bool {
    guard let left = daysLeft, light != .green else { return false }
    return (0...Overview.horizon).contains(left)
  }

  /// Whether a person put it off.
  var isPutOff: Bool { if case .snoozed = silence { true } else { false } }
}
