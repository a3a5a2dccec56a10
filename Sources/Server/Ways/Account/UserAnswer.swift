import Gate
import Hummingbird

extension AccountPage {
    /// The signed-in account as JSON.
    func user(_ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.account, of: arrival)
        let (standing, _) = try await desk.standing(of: arrival)
        let decision = Decision(visibility: .private, requirements: [], standing: standing)
        guard decision == .allow, case .member(let member) = standing else {
            throw await desk.problem(decision, arrival)
        }
        return try .json(UserAnswer(user: UserAnswer.User(member)))
    }
}

/// What `GET /user` answers.
private struct UserAnswer: Encodable {
    struct User: Encodable {
        let id: String
        let name: String
        let email: String
        let labels: [String]
        let verified: Bool

        init(_ member: Member) {
            id = member.id
            name = member.name
            email = member.email
            labels = member.labels.sorted()
            verified = member.isVerified
        }

        private enum CodingKeys: String, CodingKey {
            case id = "$id"
            case name, email, labels, verified
        }
    }

    var success = true
    let user: User
}
