import FoundationEssentials
import HTTPTypes
import Settings
import Transfer

extension Webhook {
    /// Asks whether an attempt may go on.
    ///
    /// - Returns: what the hook says, and what was wrong where its own setting had to stand in for an answer.
    package func ask(_ attempt: AuthAttempt, id: String) async -> (verdict: AuthVerdict, failure: String?) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let question = Question(id: id, attempt: attempt)
        let otherwise: AuthVerdict = settings.onFailure == .allow ? .allow : .refuse("")
        guard let body = try? encoder.encode(question) else { return (otherwise, "cannot be asked") }
        do throws(TransferFailure) {
            let response = try await send([UInt8](body), event: HookSettings.Event.authorize.rawValue, id: id)
            guard response.head.status.code == 200 else {
                return (otherwise, "status \(response.head.status.code)")
            }
            guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)) else {
                return (otherwise, "the answer is not an object of JSON with 'allow'")
            }
            return (answer.allow ? .allow : .refuse(Self.shown(answer.reason ?? "")), nil)
        } catch {
            return (otherwise, "\(error)")
        }
    }

    private struct Question: Encodable {
        let id: String
        let attempt: AuthAttempt

        private enum CodingKeys: String, CodingKey { case id, type }

        func encode(to encoder: any Encoder) throws {
            try attempt.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(HookSettings.Event.authorize.rawValue, forKey: .type)
        }
    }

    private struct Answer: Decodable {
        let allow: Bool
        let reason: String?
    }

    /// One line of at most 300 characters; the page escapes it.
    private static func shown(_ reason: String) -> String {
        String(reason.prefix(300).map { $0.isNewline ? " " : $0 })
    }
}
