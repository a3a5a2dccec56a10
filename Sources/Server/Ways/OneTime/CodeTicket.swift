import Appwrite
import FoundationEssentials
import Ground
import Settings

/// Whose code is being typed, as the form carries it meanwhile.
///
/// Signed, so that nobody chooses whose code is guessed at, and the same for who has an account and who has none.
struct CodeTicket: Sendable, Equatable {
    let medium: CodeMedium
    let userID: String
    /// In seconds since 1970.
    private let expires: Int

    /// In seconds: Appwrite's codes are good as long.
    private static let lifetime = 900

    init(_ medium: CodeMedium, userID: String, now: Date) {
        self.medium = medium
        self.userID = userID
        expires = Int(now.timeIntervalSince1970) + Self.lifetime
    }

    /// Reads a form's field; nil for what is not ours, is another medium's, or has expired.
    init?(_ text: String?, _ medium: CodeMedium, _ keys: ServerKeys, now: Date) {
        let parts = (text ?? "").split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == medium.rawValue, let expires = Int(parts[2]),
            keys.verify(parts[3], of: parts[0..<3].joined(separator: "~"), for: .ticket),
            now.timeIntervalSince1970 < TimeInterval(expires)
        else { return nil }
        self.medium = medium
        userID = parts[1]
        self.expires = expires
    }

    /// As the form's field has it.
    func text(_ keys: ServerKeys) -> String {
        // Appwrite's ids hold no `~`.
        let fields = [medium.rawValue, userID, "\(expires)"].joined(separator: "~")
        return "\(fields)~\(keys.signature(of: fields, for: .ticket))"
    }

    /// A user that is none, in the form of those that Appwrite makes up: nobody can tell the two apart.
    static func nobody(now: Date) -> String {
        let time = String(Int(now.timeIntervalSince1970), radix: 16)
        let rest = (0..<20).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
        return String((time + rest).prefix(20))
    }
}
