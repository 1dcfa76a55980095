public import DubanCourier

/// Tries the way into a mailbox step by step, up to the point where mail would be read.
public enum MailboxDoctor {
  /// Goes through the steps; the first that fails is the last.
  public static func examine(_ mailbox: Mailbox) -> [DoctorStep] {
    let place = "\(mailbox.server.host) port \(mailbox.server.port)"
    var steps: [DoctorStep] = []
    do throws(MailboxError) {
      let connection = try MailboxConnection(mailbox)
      defer { connection.close() }
      try connection.logIn()
      steps.append(DoctorStep(.connect, isOK: true, "connected to \(place)"))
      steps.append(DoctorStep(.authenticate, isOK: true, "logged in as \(mailbox.server.user ?? "")"))
      try connection.identify()
      steps.append(
        DoctorStep(.identify, isOK: true, connection.takesID ? "told who we are" : "not asked for"))
      // LIST would work without ID also where nothing can be read.
      let folder = try connection.examine()
      steps.append(
        DoctorStep(.examine, isOK: true, "\(mailbox.folder): \(folder.count) messages, none was read"))
      if let target = mailbox.moveTo {
        try connection.findTarget(target)
        steps.append(DoctorStep(.examine, isOK: true, "\(target): messages that led to something go there"))
      }
    } catch {
      steps.append(
        DoctorStep(kind(error.step), isOK: false, "\(place): \(error.text)", remedy: remedy(error, mailbox)))
    }
    return steps
  }

  private static func kind(_ step: MailboxError.Step) -> DoctorStep.Kind {
    switch step {
    case .secret: .secret
    case .connect: .connect
    case .login: .authenticate
    case .identify: .identify
    case .examine, .search, .fetch, .move, .wait: .examine
    }
  }

  private static func remedy(_ error: MailboxError, _ mailbox: Mailbox) -> String {
    switch error.step {
    case .secret: ""
    case .connect:
      "check inbox.url; is port \(mailbox.server.port) open from here, and the certificate valid?"
    case .login:
      "is IMAP switched on, and the password the mailbox's authorisation code (授权码), not the web password? Don't "
        + "repeat a wrong one: each try prolongs the lock"
    case .identify: "the server doesn't like our name: ask its operator"
    case .move: "is there a folder “\(mailbox.moveTo ?? "")”? Make it in the web mail, or take moveTo out"
    case .examine where error.text.holds("Unsafe Login"):
      "the server refuses programs that don't say who they are, and doesn't offer to be told who we are (ID): ask its "
        + "operator"
    case .examine, .search, .fetch, .wait:
      "is there a folder “\(mailbox.folder)”? Write its name as the web mail shows it"
    }
  }
}
