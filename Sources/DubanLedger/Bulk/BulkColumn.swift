/// The words of a column of a large table: what each means is found out once, whichever lane meets it.
struct BulkColumn {
  /// A lane's new words, and those of them that nobody met before.
  struct Question {
    fileprivate enum Word {
      /// Has that meaning.
      case known(UInt32)
      /// Has that place here.
      case place(Int)
    }

    fileprivate var words: [Word] = []
    fileprivate(set) var new: [String] = []
  }

  private var known = ByteDictionary()
  /// By word; the first is the empty one.
  private var meanings: [UInt32]
  /// For each lane, the meanings of its words.
  private(set) var ofLane: [[UInt32]]

  init(lanes: Int, empty: UInt32) {
    meanings = [empty]
    ofLane = Array(repeating: [empty], count: lanes)
  }

  /// Looks a lane's new words up.
  ///
  /// - Parameter meanings: what the first of the words are known to mean, nil where they aren't.
  mutating func ask(_ words: BulkRows.Words, known meanings: [UInt32?] = []) -> Question {
    var question = Question()
    words.forEach { word in
      let count = question.words.count
      if count < meanings.count, let meaning = meanings[count] {
        question.words.append(.known(meaning))
        return
      }
      let (place, isNew) = known.place(of: word)
      if isNew { question.new.append(String(decoding: word, as: UTF8.self)) }
      question.words.append(.place(place))
    }
    return question
  }

  /// Takes in what the new ones of them mean.
  mutating func answer(_ question: Question, lane: Int, _ new: [UInt32]) {
    meanings += new
    for word in question.words {
      switch word {
      case .known(let meaning): ofLane[lane].append(meaning)
      case .place(let place): ofLane[lane].append(meanings[place])
      }
    }
  }
}

/// The texts that stand in a column, each once.
struct BulkTexts {
  private var column: BulkColumn
  /// By meaning; the first is the empty one.
  private(set) var texts = [""]

  init(lanes: Int) { column = BulkColumn(lanes: lanes, empty: 0) }

  /// For each lane, the places of its words' texts.
  var ofLane: [[UInt32]] { column.ofLane }

  /// Takes in a lane's new words.
  mutating func learn(_ words: BulkRows.Words, lane: Int, _ text: (String) -> String) {
    let question = column.ask(words)
    let first = UInt32(texts.count)
    texts += question.new.map(text)
    column.answer(question, lane: lane, Array(first..<UInt32(texts.count)))
  }
}
