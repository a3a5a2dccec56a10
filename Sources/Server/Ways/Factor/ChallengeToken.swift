import Appwrite
import FoundationEssentials
import Ground

/// Appwrite's question for a second factor, as the form carries it while its answer is typed.
///
/// Signed for one session: nobody can have another's question answered, or choose whose tries are counted.
struct ChallengeToken: Sendable, Equatable {
    let factor: Factor
    let challengeID: String
    let userID: String
    /// In seconds since 1970: from then on Appwrite takes no answer.
    private let expires: Int

    init(_ factor: Factor, _ challenge: Challenge) {
        self.factor = factor
        challengeID = challenge.id
        userID = challenge.userID
        expires = Int(challenge.expire.timeIntervalSince1970)
    }

    /// Reads a form's field; nil for what is not ours, is another session's, or has expired.
    init?(_ text: String?, for session: Secret, _ keys: ServerKeys, now: Date) {
        let parts = (text ?? "").split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let factor = Factor(rawValue: parts[0]), let expires = Int(parts[3]),
            keys.verify(
                parts[4],
                of: Self.signed(parts[0..<4].joined(separator: "~"), session, keys),
                for: .challenge
            ),
            now.timeIntervalSince1970 < TimeInterval(expires)
        else { return nil }
        self.factor = factor
        challengeID = parts[1]
        userID = parts[2]
        self.expires = expires
    }

    /// As the form's field has it.
    func text(for session: Secret, _ keys: ServerKeys) -> String {
        // Appwrite's ids hold no `~`.
        let fields = [factor.rawValue, challengeID, userID, "\(expires)"].joined(separator: "~")
        return "\(fields)~\(keys.signature(of: Self.signed(fields, session, keys), for: .challenge))"
    }

    private static func signed(_ fields: String, _ session: Secret, _ keys: ServerKeys) -> String {
        "\(fields)~\(keys.fingerprint(of: session))"
    }
}
