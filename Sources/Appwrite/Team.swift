/// A team that the account has joined.
package struct Team: Sendable, Equatable {
    package let id: String
    package let name: String
}

extension Team: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        id = try fields.required("$id")
        name = try fields.text("name")
    }
}

/// A page of the list as Appwrite wraps it.
struct TeamList: Decodable {
    let teams: [Team]
}

/// Who has which roles in a team.
struct Membership: Decodable {
    let userID: String
    let teamID: String
    let isConfirmed: Bool
    let roles: [String]

    init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        userID = try fields.text("userId")
        teamID = try fields.text("teamId")
        isConfirmed = try fields.flag("confirm")
        roles = try fields.texts("roles")
    }
}

/// A page of the list as Appwrite wraps it.
struct MembershipList: Decodable {
    let memberships: [Membership]
}
