import Appwrite
import DevIdentity
import Ground
import Testing

/// Guests, accounts and teams, against the local identity service.
struct LiveAccountTests {
    private static let password = Secret("long-enough-8")

    @Test func `a guest becomes a member and keeps id and session`() async throws {
        try await LocalAppwrite.run { appwrite in
            let session = try await appwrite.admin().createAnonymousSession(for: caller)
            let visitor = appwrite.visitor(session.secret)
            let guest = try await visitor.account()
            #expect(guest.isAnonymous)
            #expect(!guest.isVerified)
            let member = try await visitor.convertGuest(email: "New@Example.com", password: Self.password)
            #expect(member.id == guest.id)
            #expect(member.email == "new@example.com")
            #expect(!member.isAnonymous)
            #expect(try await visitor.updateName("Nova").name == "Nova")
            let again = try await appwrite.admin().createEmailSession(
                email: "new@example.com",
                password: Self.password,
                for: caller
            )
            #expect(again.userID == guest.id)
        }
    }

    @Test func `an e-mail that is taken is a conflict`() async throws {
        try await LocalAppwrite.run { appwrite in
            let session = try await appwrite.admin().createAnonymousSession(for: caller)
            let converted = await failure {
                try await appwrite.visitor(session.secret).convertGuest(
                    email: LocalAppwrite.member.email,
                    password: Self.password
                )
            }
            #expect(converted == .conflict)
            let created = await failure {
                try await appwrite.admin().createAccount(
                    email: LocalAppwrite.member.email,
                    password: Self.password,
                    for: caller
                )
            }
            #expect(created == .conflict)
        }
    }

    @Test func `a new account signs in; a short password is refused with a reason`() async throws {
        try await LocalAppwrite.run { appwrite in
            let admin = appwrite.admin()
            let account = try await admin.createAccount(
                email: "new@example.com",
                password: Self.password,
                name: "Nova",
                for: caller
            )
            #expect(account.name == "Nova")
            let session = try await admin.createEmailSession(
                email: account.email,
                password: Self.password,
                for: caller
            )
            #expect(session.userID == account.id)
            let refused = await failure {
                try await admin.createAccount(
                    email: "other@example.com",
                    password: Secret("short"),
                    for: caller
                )
            }
            guard case .argumentInvalid(let message) = refused else {
                Issue.record("\(String(describing: refused))")
                return
            }
            #expect(message.contains("password"))
        }
    }

    @Test func `a guest's account is deleted by the key, where its scopes allow`() async throws {
        try await LocalAppwrite.run { appwrite in
            let session = try await appwrite.admin().createAnonymousSession(for: caller)
            try await appwrite.admin().deleteUser(session.userID)
            #expect(await failure { try await appwrite.visitor(session.secret).account() } == .sessionGone)
            #expect(await failure { try await appwrite.admin().deleteUser(session.userID) } == .notFound)
        }
        try await LocalAppwrite.run(scopes: ["sessions.write"]) { appwrite in
            let session = try await appwrite.admin().createAnonymousSession(for: caller)
            guard case .keyRefused = await failure({ try await appwrite.admin().deleteUser(session.userID) })
            else {
                Issue.record("a key without users.write deleted an account")
                return
            }
        }
    }

    @Test func `a blocked account, a pending factor and a reset each have their word`() async throws {
        let adapt: (inout IdentityConfiguration) -> Void = { configuration in
            configuration.users += [
                DemoUser(id: "factor", name: "Fay", email: "factor@example.com", mfa: true),
                DemoUser(id: "reset", name: "Rex", email: "reset@example.com", mustResetPassword: true),
            ]
        }
        try await LocalAppwrite.run(adapt: adapt) { appwrite in
            #expect(await failure { try await appwrite.signIn("blocked@example.com") } == .blocked)
            let factor = try await appwrite.signIn("factor@example.com")
            #expect(
                await failure { try await appwrite.visitor(factor.secret).account() } == .moreFactorsRequired
            )
            try await appwrite.visitor(factor.secret).deleteSession("current")
            let reset = try await appwrite.signIn("reset@example.com")
            #expect(
                await failure { try await appwrite.visitor(reset.secret).account() } == .passwordResetRequired
            )
        }
    }

    @Test func `a member of the staff has the team and a role in it`() async throws {
        try await LocalAppwrite.run { appwrite in
            let staff = try await appwrite.signIn("staff@example.com")
            let visitor = appwrite.visitor(staff.secret)
            #expect(try await visitor.teams().map(\.id) == ["staff"])
            #expect(!(try await visitor.memberships(ofTeam: "staff", userID: staff.userID)).isEmpty)
            #expect(try await visitor.memberships(ofTeam: "staff", userID: "member") == [])
            let member = appwrite.visitor(try await appwrite.signIn().secret)
            #expect(try await member.teams().isEmpty)
            #expect(
                await failure { try await member.memberships(ofTeam: "staff", userID: "staff") } == .notFound
            )
        }
    }

    @Test func `more teams than one page are all there`() async throws {
        let names = (1...205).map { "t\($0)" }
        try await LocalAppwrite.run { configuration in
            configuration.users.append(
                DemoUser(
                    id: "busy",
                    name: "Bea",
                    email: "busy@example.com",
                    teams: names.map { DemoTeam($0) }
                )
            )
        } _: { appwrite in
            let busy = try await appwrite.signIn("busy@example.com")
            let teams = try await appwrite.visitor(busy.secret).teams()
            #expect(teams.count == names.count)
            #expect(Set(teams.map(\.id)) == Set(names))
            #expect(appwrite.identity.ledger.count("GET /teams") == 3)
        }
    }
}
