import DubanCourier
import TestSupport

extension Situation {
  /// What goes wrong with TLS. Nothing is ever sent without it, once it is required.
  static let encryption = [
    Situation(
      "STARTTLS is stripped",
      "startTLS failed",
      "retry in 5 min, pause 5 min",
      "the relay offers no encryption (STARTTLS), so nothing was sent (STARTTLS): …"
    ).with {
      $0.security = .startTLS; $0.script.tls = .startTLS; $0.script.announcesStartTLS = false
    },
    Situation(
      "STARTTLS is refused", .startTLS, .say("454 4.7.0 TLS not available"),
      "startTLS refused 454",
      "retry in 5 min, pause 5 min",
      "454 4.7.0 TLS not available (STARTTLS) [the relay is busy]"
    ).with {
      $0.security = .startTLS; $0.script.tls = .startTLS
    },
    Situation(
      "STARTTLS is answered, then noise", .startTLS, .sayAndClose("220 go ahead\nnoise"),
      "tls failed",
      "retry in 5 min, pause 5 min",
      "the relay's answer can't be used (setting up TLS): …"
    ).with {
      $0.security = .startTLS; $0.script.tls = .startTLS
    },
    Situation(
      "STARTTLS is answered, then silence", .startTLS, .stall,
      "startTLS failed",
      "retry in 5 min, pause 5 min",
      "no answer in time (STARTTLS): …"
    ).with {
      $0.security = .startTLS; $0.script.tls = .startTLS
    },
    Situation(
      "the connection closes at STARTTLS", .startTLS, .close,
      "startTLS failed",
      "retry in 5 min, pause 5 min",
      "the connection was lost (STARTTLS)"
    ).with {
      $0.security = .startTLS; $0.script.tls = .startTLS
    },
    Situation(
      "an expired certificate after STARTTLS",
      "tls failed",
      "retry in 5 min, pause 5 min",
      "the relay's certificate can't be trusted (setting up TLS): SSL certificate problem: certificate has expired"
    ).with {
      $0.security = .startTLS; $0.script.tls = .startTLS; $0.certificate = .expired
    },
    Situation(
      "another host's certificate after STARTTLS",
      "tls failed",
      "retry in 5 min, pause 5 min",
      "the relay's certificate can't be trusted (setting up TLS): SSL: …"
    ).with {
      $0.security = .startTLS; $0.script.tls = .startTLS; $0.certificate = .wrongName
    },
    Situation(
      "a self-signed certificate after STARTTLS",
      "tls failed",
      "retry in 5 min, pause 5 min",
      "the relay's certificate can't be trusted (setting up TLS): SSL certificate problem: self-signed certificate"
    ).with {
      $0.security = .startTLS; $0.script.tls = .startTLS; $0.certificate = .selfSigned
    },
    Situation(
      "an expired certificate",
      "tls failed",
      "retry in 5 min, pause 5 min",
      "the relay's certificate can't be trusted (setting up TLS): SSL certificate problem: certificate has expired"
    ).with {
      $0.security = .implicitTLS; $0.script.tls = .implicit; $0.certificate = .expired
    },
    Situation(
      "another host's certificate",
      "tls failed",
      "retry in 5 min, pause 5 min",
      "the relay's certificate can't be trusted (setting up TLS): SSL: …"
    ).with {
      $0.security = .implicitTLS; $0.script.tls = .implicit; $0.certificate = .wrongName
    },
    Situation(
      "a self-signed certificate",
      "tls failed",
      "retry in 5 min, pause 5 min",
      "the relay's certificate can't be trusted (setting up TLS): SSL certificate problem: self-signed certificate"
    ).with {
      $0.security = .implicitTLS; $0.script.tls = .implicit; $0.certificate = .selfSigned
    },
    Situation(
      "smtps:// to a port that doesn't speak TLS",
      "tls failed",
      "retry in 5 min, pause 5 min",
      "encryption (TLS) failed (setting up TLS): …"
    ).with { $0.security = .implicitTLS },
    Situation(
      "smtp:// to a port that speaks TLS at once",
      "greeting failed",
      "retry in 5 min, pause 5 min",
      "no answer in time (greeting): …"
    ).with {
      $0.security = .startTLS; $0.script.tls = .implicit; $0.limit = Situation.shortLimit
    },
  ]
}
