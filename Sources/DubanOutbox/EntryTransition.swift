public import DubanCore

/// What an event does to an entry: the one place that decides it.
public enum EntryTransition: Sendable, Hashable {
  /// The entry is in this state afterwards, which may be the one it was in.
  case to(EntryState)
  /// The event can't happen in this state; the words say why and what to do, for a person.
  case refused(String)

  /// What `event` does to an entry in `state`. Pure: the same arguments always give the same answer.
  public static func of(_ state: EntryState, _ event: EntryEvent) -> EntryTransition {
    switch event {
    case .claimed: claim(state)
    case .givenBack(let before): state == .sending ? .to(before) : .refused("no attempt is under way")
    case .verdict(let verdict):
      state == .sending ? .to(after(verdict)) : .refused("no attempt is under way")
    case .lateVerdict(let verdict): late(state, verdict)
    case .leaseLost: state == .sending ? .to(.deferred) : .refused("no attempt is under way")
    case .hold: hold(state)
    case .release: state == .held ? .to(.queued) : .refused("it isn't held")
    case .retryByHand: retry(state)
    case .takenBack: .to(state == .failed ? .queued : state)
    case .drop: drop(state)
    }
  }

  private static func claim(_ state: EntryState) -> EntryTransition {
    switch state {
    case .queued, .deferred: .to(.sending)
    case .sending: .refused("another attempt is under way")
    case .held: .refused("it is held; release it first")
    case .sent: .refused("it has been sent")
    case .failed: .refused("it has been given up; retry it by hand")
    }
  }

  private static func after(_ verdict: DeliveryVerdict.Entry) -> EntryState {
    switch verdict {
    case .sent: .sent
    case .retry: .deferred
    case .giveUp: .failed
    }
  }

  /// Only an acceptance counts once the lease is lost: sending again what the relay has taken helps nobody.
  private static func late(_ state: EntryState, _ verdict: DeliveryVerdict.Entry) -> EntryTransition {
    switch (verdict, state) {
    case (.sent, .sending): .to(.sending)
    case (.sent, _): .to(.sent)
    case (.retry, _), (.giveUp, _): .to(state)
    }
  }

  private static func hold(_ state: EntryState) -> EntryTransition {
    switch state {
    case .queued, .deferred: .to(.held)
    case .sending: .refused("an attempt is under way; hold it afterwards if it was deferred")
    case .held: .refused("it is held already")
    case .sent: .refused("it has been sent")
    case .failed: .refused("it has been given up")
    }
  }

  private static func retry(_ state: EntryState) -> EntryTransition {
    switch state {
    case .queued: .to(.queued)
    case .deferred: .to(.deferred)
    case .failed: .to(.queued)
    case .sending: .refused("an attempt is under way")
    case .held: .refused("it is held; release it first")
    case .sent: .refused("it has been sent, and is never sent twice on purpose")
    }
  }

  private static func drop(_ state: EntryState) -> EntryTransition {
    switch state {
    case .queued, .deferred, .held: .to(.failed)
    case .sending: .refused("an attempt is under way; drop it afterwards if it was deferred")
    case .sent: .refused("it has been sent")
    case .failed: .refused("it has been given up already")
    }
  }
}

/// What can happen to an entry.
public enum EntryEvent: Sendable, Hashable {
  /// A process takes it to hand it over.
  case claimed
  /// The process that took it gives it back without having tried: it stands where it stood before.
  case givenBack(to: EntryState)
  /// The attempt of the process that holds the lease has ended.
  case verdict(DeliveryVerdict.Entry)
  /// An attempt has ended after its lease was lost and the entry went on without it.
  case lateVerdict(DeliveryVerdict.Entry)
  /// The process that was handing it over is gone, and nobody knows how far it got.
  case leaseLost
  /// A person keeps it back.
  case hold
  /// A person lets a held entry go on.
  case release
  /// It was given up for a refusal that turned out to be about us.
  case takenBack
  /// A person wants it tried at once.
  case retryByHand
  /// A person doesn't want it sent.
  case drop
}
