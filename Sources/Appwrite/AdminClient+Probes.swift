import FoundationEssentials
import HTTPTypes

/// Questions whose only point is how they are answered: none of them makes, changes or sends anything.
extension AdminClient {
    /// Throws `keyRefused` where the key lacks the scope `users.write`.
    ///
    /// Appwrite looks at scopes before values, and a call without its values changes nothing.
    package func checkChangingUsers() async throws(AppwriteFailure) {
        var call = Call(.put, "/users/\(Self.nobody)/labels")
        call.body = [:]
        do throws(AppwriteFailure) {
            try await wire.perform(call)
        } catch {
            switch error {
            case .argumentInvalid, .notFound: return
            default: throw error
            }
        }
    }

    /// Throws `methodOff` where the project sends no mail, `originRefused` where links of mails may not lead to `url`.
    ///
    /// Asks to recover an account that cannot be: `.invalid` is nobody's (RFC 2606).
    package func checkMail(url: String) async throws(AppwriteFailure) {
        do throws(AppwriteFailure) {
            _ = try await sendRecovery(to: "\(Self.nobody)@gatehouse.invalid", url: url, for: Caller())
        } catch .notFound {
            return
        }
    }

    private static let nobody = "gatehouse-doctor"
}
