import Ground

extension Directory {
    /// Adds somebody who is there from the start, with the teams.
    mutating func add(_ demo: DemoUser) {
        var user = addUser(
            id: demo.id,
            email: demo.email.lowercased(),
            password: demo.password.revealed,
            name: demo.name
        )
        user.labels = demo.labels
        user.emailVerification = demo.isVerified
        user.isActive = !demo.isBlocked
        user.mfa = demo.mfa
        user.mustResetPassword = demo.mustResetPassword
        users[user.id] = user
        for team in demo.teams { join(user.id, team) }
    }

    private mutating func join(_ userID: String, _ teamID: String) {
        if teams[teamID] == nil {
            let name = teamID.prefix(1).uppercased() + teamID.dropFirst()
            teams[teamID] = Team(id: teamID, serial: nextSerial(), name: name, created: now, updated: now)
        }
        addMembership(teamID: teamID, userID: userID, roles: ["member"])
    }

    @discardableResult
    mutating func addMembership(teamID: String, userID: String, roles: [String]) -> Membership {
        let membership = Membership(
            id: newID(),
            serial: nextSerial(),
            teamID: teamID,
            userID: userID,
            roles: roles,
            isConfirmed: true,
            created: now
        )
        memberships[membership.id] = membership
        return membership
    }
}
