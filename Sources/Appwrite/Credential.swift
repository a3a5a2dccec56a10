import Ground
import HTTPTypes

/// What a call proves: at most one of a key and a session, by construction.
///
/// Appwrite answers both together with errors of several kinds, or with the key's rights.
enum Credential: Sendable {
    case none
    case key(Secret)
    case session(Secret)

    func addField(to fields: inout HTTPFields) throws(AppwriteFailure) {
        switch self {
        case .none: break
        case .key(let secret):
            guard Self.canBeSent(secret) else {
                throw .keyRefused("it is empty or has a space or line end in it")
            }
            fields[.appwriteKey] = secret.revealed
        case .session(let secret):
            // A cookie's value comes from a stranger; what cannot be a secret needs no question.
            guard Self.canBeSent(secret) else { throw .sessionGone }
            fields[.appwriteSession] = secret.revealed
        }
    }

    var hasKey: Bool {
        if case .key = self { true } else { false }
    }

    /// 1 to 4096 bytes of visible ASCII; a real secret has about 400, a key about 265.
    private static func canBeSent(_ secret: Secret) -> Bool {
        1...4096 ~= secret.revealed.utf8.count && secret.revealed.utf8.allSatisfy { 0x21...0x7e ~= $0 }
    }
}
