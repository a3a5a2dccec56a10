import HTTPTypes

/// Teams, as their members and as keys see them.
enum TeamRoutes {
    static let all = [
        Route(method: .get, template: "/teams", scopes: ["teams.read"], action: list),
        Route(method: .post, template: "/teams", scopes: ["teams.write"], action: create),
        Route(method: .get, template: "/teams/{teamId}", scopes: ["teams.read"]) {
            (exchange, directory) throws(Refusal) in
            let team = try exchange.namedTeam(directory)
            return .json(team.json(total: directory.members(of: team.id).count))
        },
        Route(method: .delete, template: "/teams/{teamId}", scopes: ["teams.write"], action: delete),
    ]

    private static let list: Route.Action = { (exchange, directory) throws(Refusal) in
        let texts = try exchange.call.texts("queries", isOptional: true)
        let query = try ListQuery(texts, attributes: ["$id", "name", "total"])
        let search = try exchange.call.optionalText("search", max: 256).lowercased()
        var teams = directory.teams.values.sorted { $0.serial < $1.serial }
        if exchange.key == nil { teams = teams.filter { exchange.isMember(of: $0.id, directory) } }
        if !search.isEmpty { teams = teams.filter { $0.name.lowercased().contains(search) } }
        return try query.answer(
            teams.map { $0.json(total: directory.members(of: $0.id).count) },
            named: "teams"
        )
    }

    /// Whoever makes a team is in it; a key makes an empty one.
    private static let create: Route.Action = { (exchange, directory) throws(Refusal) in
        let id = try exchange.call.newID("teamId", directory)
        let name = try exchange.call.text("name", 1...128)
        let roles = try exchange.call.texts("roles", isOptional: true)
        guard directory.teams[id] == nil else { throw .teamExists }
        let team = Team(
            id: id,
            serial: directory.nextSerial(),
            name: name,
            created: directory.now,
            updated: directory.now
        )
        directory.teams[id] = team
        if exchange.key == nil, let user = exchange.user {
            directory.addMembership(teamID: id, userID: user.id, roles: roles.isEmpty ? ["owner"] : roles)
        }
        return .json(201, team.json(total: directory.members(of: id).count))
    }

    private static let delete: Route.Action = { (exchange, directory) throws(Refusal) in
        let team = try exchange.namedTeam(directory)
        guard exchange.key != nil || exchange.isOwner(of: team.id, directory) else { throw .unauthorized }
        directory.teams[team.id] = nil
        directory.memberships = directory.memberships.filter { $0.value.teamID != team.id }
        return Answer(204)
    }
}

extension Exchange {
    /// The team that the path names; for somebody who is not in it, there is none.
    func namedTeam(_ directory: Directory) throws(Refusal) -> Team {
        guard let team = directory.teams[pathNames["teamId"] ?? ""] else { throw .teamNotFound }
        guard key != nil || isMember(of: team.id, directory) else { throw .teamNotFound }
        return team
    }

    func isMember(of teamID: String, _ directory: Directory) -> Bool {
        directory.members(of: teamID).contains { $0.userID == user?.id && $0.isConfirmed }
    }

    func isOwner(of teamID: String, _ directory: Directory) -> Bool {
        directory.members(of: teamID).contains { $0.userID == user?.id && $0.roles.contains("owner") }
    }
}

extension Directory {
    /// Oldest first.
    func members(of teamID: String) -> [Membership] {
        memberships.values.filter { $0.teamID == teamID }.sorted { $0.serial < $1.serial }
    }
}
