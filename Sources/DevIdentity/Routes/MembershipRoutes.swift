import HTTPTypes

/// Who is in a team.
enum MembershipRoutes {
    static let all = [
        Route(method: .get, template: "/teams/{teamId}/memberships", scopes: ["teams.read"], action: list),
        Route(
            method: .post,
            template: "/teams/{teamId}/memberships",
            scopes: ["teams.write"],
            authMethod: .invites,
            limit: RateRule(limit: 10, keys: ["url:{url},ip:{ip}"]),
            action: create
        ),
        Route(method: .get, template: "/teams/{teamId}/memberships/{membershipId}", scopes: ["teams.read"]) {
            (exchange, directory) throws(Refusal) in
            .json(exchange.json(try exchange.namedMembership(directory), directory))
        },
        Route(
            method: .delete,
            template: "/teams/{teamId}/memberships/{membershipId}",
            scopes: ["teams.write"],
            action: delete
        ),
    ]

    private static let list: Route.Action = { (exchange, directory) throws(Refusal) in
        let texts = try exchange.call.texts("queries", isOptional: true)
        let query = try ListQuery(
            texts,
            attributes: ["userId", "teamId", "invited", "joined", "confirm", "roles"]
        )
        let team = try exchange.namedTeam(directory)
        let members = directory.members(of: team.id).map { exchange.json($0, directory) }
        return try query.answer(members, named: "memberships")
    }

    /// A key makes a member at once; an owner could only invite by mail, which this service does not send.
    private static let create: Route.Action = { (exchange, directory) throws(Refusal) in
        let roles = try exchange.call.texts("roles")
        let id = try exchange.call.optionalText("userId", max: 36)
        let email = try exchange.call.optionalText("email", max: 254).lowercased()
        guard !id.isEmpty || !email.isEmpty else {
            throw .argument("userId", "At least one of userId, email, or phone is required")
        }
        guard exchange.key != nil else { throw .smtpDisabled.saying("This service sends no invitations.") }
        let team = try exchange.namedTeam(directory)
        let user = id.isEmpty ? directory.user(withEmail: email) : directory.users[id]
        guard let user else { throw .userNotFound }
        guard email.isEmpty || user.email == email else {
            throw .userExists.saying("Given userId and email doesn't match")
        }
        guard !directory.members(of: team.id).contains(where: { $0.userID == user.id }) else {
            throw .membershipConfirmed
        }
        let membership = directory.addMembership(teamID: team.id, userID: user.id, roles: roles)
        return .json(201, exchange.json(membership, directory))
    }

    private static let delete: Route.Action = { (exchange, directory) throws(Refusal) in
        let membership = try exchange.namedMembership(directory)
        let mayDelete =
            exchange.key != nil || exchange.user?.id == membership.userID
            || exchange.isOwner(of: membership.teamID, directory)
        guard mayDelete else { throw .unauthorized }
        directory.memberships[membership.id] = nil
        return Answer(204)
    }
}

extension Exchange {
    fileprivate func namedMembership(_ directory: Directory) throws(Refusal) -> Membership {
        let team = try namedTeam(directory)
        guard let membership = directory.memberships[pathNames["membershipId"] ?? ""] else {
            throw .membershipNotFound
        }
        guard membership.teamID == team.id else { throw .teamMismatch }
        return membership
    }

    /// When somebody was last seen is shown to keys alone, as in new projects.
    func json(_ membership: Membership, _ directory: Directory) -> JSONValue {
        membership.json(
            user: directory.users[membership.userID],
            team: directory.teams[membership.teamID],
            showsAccess: key != nil
        )
    }
}
