/// A team.
///
/// Its members are the memberships that name it.
struct Team: Sendable {
    let id: String
    let serial: Int
    var name: String
    let created: Moment
    var updated: Moment
    var prefs: JSONValue = [:]

    func json(total: Int) -> JSONValue {
        [
            "$id": .text(id), "$createdAt": .text(created.text), "$updatedAt": .text(updated.text),
            "name": .text(name), "total": JSONValue(total), "prefs": prefs,
        ]
    }
}

/// That a user belongs to a team.
struct Membership: Sendable {
    let id: String
    let serial: Int
    let teamID: String
    let userID: String
    let roles: [String]
    let isConfirmed: Bool
    let created: Moment

    func json(user: User?, team: Team?, showsAccess: Bool) -> JSONValue {
        [
            "$id": .text(id), "$createdAt": .text(created.text), "$updatedAt": .text(created.text),
            "userId": .text(userID), "userName": .text(user?.name ?? ""),
            "userEmail": .text(user?.email ?? ""),
            "userPhone": .text(user?.phone ?? ""), "teamId": .text(teamID),
            "teamName": .text(team?.name ?? ""), "invited": .text(created.text),
            "joined": .text(isConfirmed ? created.text : ""), "confirm": .flag(isConfirmed),
            "mfa": .flag(user?.mfa ?? false),
            "userAccessedAt": .text(showsAccess ? user?.updated.text ?? "" : ""),
            "roles": JSONValue(texts: roles),
        ]
    }
}
