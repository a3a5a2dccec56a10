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
        user.phone = demo.phone
        user.phoneVerification = !demo.phone.isEmpty && demo.isPhoneVerified
        user.mfa = demo.mfa
        user.authenticator = demo.authenticator.flatMap { Authenticator(secret: $0.revealed) }
        user.authenticator?.isVerified = true
        user.mustResetPassword = demo.mustResetPassword
        users[user.id] = user
        for team in demo.teams { join(user.id, team) }
    }

    mutating func join(_ userID: String, _ team: DemoTeam) {
        if teams[team.id] == nil {
            let name = team.id.prefix(1).uppercased() + team.id.dropFirst()
            teams[team.id] = Team(id: team.id, serial: nextSerial(), name: name, created: now, updated: now)
        }
        addMembership(teamID: team.id, userID: userID, roles: team.roles)
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
