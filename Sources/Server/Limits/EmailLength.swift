/// How long an e-mail address can be (RFC 5321 §4.5.3.1: 64 bytes before the `@`, 255 behind it).
///
/// Attempts are counted by address, and a count keeps the address in memory: what is longer is not counted, and is none.
enum EmailLength {
    static func isPossible(_ email: String) -> Bool { email.utf8.count <= 64 + 1 + 255 }
}
