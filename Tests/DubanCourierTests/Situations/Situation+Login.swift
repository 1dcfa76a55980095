import DubanCourier
import TestSupport

extension Situation {
  /// What goes wrong with the login. A refused one stops all sending.
  static let login = [
    Situation(
      "126.com refuses the code", .auth, .say("535 Error: authentication failed"),
      "authenticate refused 535",
      "retry in 6 h, stop 6 h",
      "535 Error: authentication failed (AUTH) [the login is refused; all sending stops]"
    ).with {
      $0.security = .implicitTLS; $0.script.tls = .implicit; $0.script.login = "x:y"; $0.user = testLogin.user
    },
    Situation(
      "163.com wants a code", .auth, .say("550 User has no permission"),
      "authenticate refused 550",
      "retry in 6 h, stop 6 h",
      "550 User has no permission (AUTH) [the login is refused; all sending stops]"
    ).with {
      $0.script.login = "x:y"; $0.user = testLogin.user
    },
    Situation(
      "wrong password, quoted back", .auth, .say("535 5.7.8 bad: \(testLogin.password)"),
      "authenticate refused 535",
      "retry in 6 h, stop 6 h",
      "535 5.7.8 bad: (secret) (AUTH) [the login is refused; all sending stops]"
    ).with {
      $0.script.login = "x:y"; $0.user = testLogin.user
    },
    Situation(
      "too many wrong logins", .auth,
      .say("451 Requested mail action not taken: too much fail authentication"),
      "authenticate refused 451",
      "retry in 6 h, stop 6 h",
      "451 Requested mail action not taken: too much fail authentication (AUTH) [the login is refused; all sending stops]"
    ).with {
      $0.script.login = "x:y"; $0.user = testLogin.user
    },
    Situation(
      "too many wrong logins, at the greeting", .banner,
      .say("554 IP is rejected, smtp auth error limit exceed"),
      "greeting refused 554",
      "retry in 6 h, stop 6 h",
      "554 IP is rejected, smtp auth error limit exceed (greeting) [the login is refused; all sending stops]"),
    Situation(
      "the login service is down", .auth, .say("454 4.7.0 temporary authentication failure"),
      "authenticate refused 454",
      "retry in 5 min, pause 5 min",
      "454 4.7.0 temporary authentication failure (AUTH) [the relay is busy]"
    ).with {
      $0.script.login = "x:y"; $0.user = testLogin.user
    },
    Situation(
      "no mechanism in common",
      "authenticate refused",
      "retry in 6 h, stop 6 h",
      "the relay offers no way to log in that we use (PLAIN, LOGIN) (AUTH) [the login is refused; all sending stops]"
    ).with {
      $0.script.login = "x:y"; $0.script.mechanisms = "CRAM-MD5 GSSAPI"; $0.user = testLogin.user
    },
    Situation(
      "no login offered, but wanted", .mail, .say("530 5.7.0 Authentication required"),
      "authenticate refused",
      "retry in 6 h, stop 6 h",
      "the relay offers no way to log in that we use (PLAIN, LOGIN) (AUTH) [the login is refused; all sending stops]"
    ).with { $0.user = testLogin.user },
    Situation(
      "no login offered, nor wanted: nothing goes without the one that was asked for",
      "authenticate refused",
      "retry in 6 h, stop 6 h",
      "the relay offers no way to log in that we use (PLAIN, LOGIN) (AUTH) [the login is refused; all sending stops]"
    ).with { $0.user = testLogin.user },
    Situation(
      "the connection closes at AUTH", .auth, .close,
      "authenticate failed",
      "retry in 5 min, new connection",
      "the connection was lost (AUTH)"
    ).with {
      $0.script.login = "x:y"; $0.user = testLogin.user
    },
    Situation(
      "no answer to AUTH", .auth, .stall,
      "authenticate failed",
      "retry in 5 min, new connection",
      "no answer in time (AUTH): …"
    ).with {
      $0.script.login = "x:y"; $0.user = testLogin.user
    },
  ]
}
