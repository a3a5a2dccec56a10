import HTTPTypes
import Testing

@testable import DevIdentity

/// Second factors, as the contract has them (section 6, MFA).
struct FactorRoutesTests {
    /// RFC 6238, appendix B, the last six of its eight digits.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
        ] as [(UInt64, String)]
    )
    func `codes are those of RFC 6238`(second: UInt64, code: String) {
        #expect(Authenticator.code(key: Array("12345678901234567890".utf8), step: second / 30) == code)
    }

    @Test func `a secret is base32 without padding`() {
        #expect(Authenticator(key: Array("foobar".utf8)).secret == "MZXW6YTBOI")
        let uri = Authenticator(key: Array("foob".utf8)).uri(issuer: "My Site", label: "a@b.example")
        #expect(uri == "otpauth://totp/My%20Site:a%40b.example?issuer=My%20Site&secret=MZXW6YQ")
    }

    @Test func `an authenticator is set up, shown, and removed after it was shown again`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.signIn()
            let key = try await caller.setUp(as: secret)
            let again = try await caller.ask(.post, totp, as: .session(secret))
            #expect((again.status, again.type) == (409, "user_authenticator_already_verified"))
            let on = try await caller.ask(.patch, "/account/mfa", as: .session(secret), ["mfa": true])
            #expect(on.json["mfa"] == true)
            // Switching it on counts what is proved, and is no challenge that was passed.
            let session = try await caller.ask(.get, "/account/sessions/current", as: .session(secret))
            #expect(session.json["factors"] == JSONValue(texts: ["password", "totp", "email"]))
            let early = try await caller.ask(.delete, totp, as: .session(secret))
            #expect((early.status, early.type) == (401, "user_challenge_required"))

            let later = try await caller.signIn()
            let pending = try await caller.ask(.get, "/account", as: .session(later))
            #expect((pending.status, pending.type) == (401, "user_more_factors_required"))
            let factors = try await caller.ask(.get, "/account/mfa/factors", as: .session(later))
            #expect(factors.json["totp"] == true && factors.json["recoveryCode"] == false)
            #expect(try await caller.show("totp", "000000", as: later).type == "user_invalid_token")
            let shown = try await caller.show("totp", lab.code(key), as: later)
            #expect(shown.status == 200 && shown.json["factors"] == JSONValue(texts: ["password", "totp"]))
            #expect(shown["mfaUpdatedAt"] == "2026-07-22T10:00:00.000+00:00")
            #expect(try await caller.ask(.get, "/account", as: .session(later)).status == 200)
            #expect(try await caller.ask(.delete, totp, as: .session(later)).status == 204)
        }
    }

    @Test func `a passed challenge is fresh for half an hour`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.signIn()
            let key = try await caller.setUp(as: secret)
            #expect(try await caller.show("totp", lab.code(key), as: secret).status == 200)
            lab.clock.advance(bySeconds: 1799)
            #expect(try await caller.codes(.post, as: secret).count == 6)
            #expect(try await caller.codes(.get, as: secret).count == 6)
            lab.clock.advance(bySeconds: 1)
            let late = try await caller.ask(.get, recovery, as: .session(secret))
            #expect((late.status, late.type) == (401, "user_challenge_required"))
        }
    }

    @Test func `a recovery code is good once, in its own spelling and asked for in any`() async throws {
        let lab = Lab()
        lab.store.setMFA(true, user: "member")
        try await lab.run { caller in
            let first = try await caller.signIn()
            let mailed = try await caller.question("email", as: first)
            let code = try #require(lab.store.lastMessage(to: "member@example.com")?.code)
            #expect(try await caller.answer(mailed, code, as: first).status == 200)
            let codes = try await caller.codes(.post, as: first)
            #expect(codes.count == 6 && codes.allSatisfy { $0.count == 10 })
            let exists = try await caller.ask(.post, recovery, as: .session(first))
            #expect((exists.status, exists.type) == (409, "user_recovery_codes_already_exists"))
            let second = try await caller.signIn()
            #expect(try await caller.show("recoveryCode", codes[0], as: second).status == 200)
            let third = try await caller.signIn()
            #expect(try await caller.show("recoveryCode", codes[0], as: third).status == 401)
            let renewed = try await caller.codes(.patch, as: second)
            #expect(Set(renewed).isDisjoint(with: codes))
        }
    }

    @Test func `a challenge is its user's, is answered once, and ends after an hour`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let (member, other) = (try await caller.signIn(), try await caller.signIn("pro@example.com"))
            let mailed = try await caller.question("email", as: member)
            let code = try #require(lab.store.lastMessage(to: "member@example.com")?.code)
            #expect(try await caller.answer(mailed, code, as: other).type == "user_invalid_token")
            #expect(try await caller.answer(mailed, code, as: member).status == 200)
            #expect(try await caller.answer(mailed, code, as: member).type == "user_invalid_token")
            let late = try await caller.question("email", as: member)
            let lateCode = try #require(lab.store.lastMessage(to: "member@example.com")?.code)
            lab.clock.advance(bySeconds: 3601)
            #expect(try await caller.answer(late, lateCode, as: member).type == "user_invalid_token")
        }
    }

    @Test(arguments: [
        ("unverified@example.com", "email", 400, "user_email_not_verified"),
        ("member@example.com", "phone", 400, "user_phone_not_found"),
        ("member@example.com", "password", 400, "general_argument_invalid"),
    ])
    func `a factor that cannot be asked for is refused`(
        email: String,
        factor: String,
        status: Int,
        type: String
    )
        async throws
    {
        try await Lab().run { caller in
            let secret = try await caller.signIn(email)
            let body: JSONValue = ["factor": .text(factor)]
            let reply = try await caller.ask(.post, challenges, as: .session(secret), body)
            #expect((reply.status, reply.type) == (status, type))
        }
    }

    @Test func `whoever is there with an authenticator shows what the first page says`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.signIn("careful@example.com")
            let refused = try await caller.ask(.get, "/account", as: .session(secret))
            #expect(refused.type == "user_more_factors_required")
            let code = try #require(lab.store.authenticatorCode(ofUser: "careful"))
            #expect(try await caller.ask(.get, "!/").text.contains("the authenticator shows \(code)"))
            #expect(try await caller.show("totp", code, as: secret).status == 200)
        }
    }

    @Test func `a code by text message counts as a factor of its own`() async throws {
        let lab = Lab()
        lab.store.setPhone("+49301234567", isVerified: true, user: "member")
        lab.store.setMFA(true, user: "member")
        try await lab.run { caller in
            let secret = try await caller.signIn()
            let factors = try await caller.ask(.get, "/account/mfa/factors", as: .session(secret))
            #expect(factors.json["phone"] == true)
            let id = try await caller.question("phone", as: secret)
            let code = try #require(lab.store.lastMessage(to: "+49301234567")?.code)
            let shown = try await caller.answer(id, code, as: secret)
            #expect(shown.json["factors"] == JSONValue(texts: ["password", "phone"]))
            #expect(try await caller.ask(.get, "/account", as: .session(secret)).status == 200)
        }
    }

    @Test func `without a way to send there are no codes`() async throws {
        let lab = Lab { ($0.sendsMail, $0.sendsMessages) = (false, false) }
        lab.store.setPhone("+49301234567", isVerified: true, user: "member")
        try await lab.run { caller in
            let secret = try await caller.signIn()
            for (factor, type) in [("email", "general_smtp_disabled"), ("phone", "general_phone_disabled")] {
                let body: JSONValue = ["factor": .text(factor)]
                let reply = try await caller.ask(.post, challenges, as: .session(secret), body)
                #expect((reply.status, reply.type) == (503, type))
            }
        }
        #expect(lab.store.outbox.isEmpty)
    }
}

private let totp = "/account/mfa/authenticators/totp"
private let recovery = "/account/mfa/recovery-codes"
private let challenges = "/account/mfa/challenges"

extension Lab {
    fileprivate func code(_ key: [UInt8]) -> String {
        Authenticator.code(key: key, step: UInt64(clock.identityClock.now().seconds) / 30)
    }
}

extension Caller {
    /// Sets up an authenticator; its key.
    fileprivate func setUp(as session: String) async throws -> [UInt8] {
        let begun = try await ask(.post, totp, as: .session(session))
        let key = Self.decoded(begun["secret"])
        let code = Authenticator.code(key: key, step: 1_784_714_400 / 30)
        let wrong = try await ask(.put, totp, as: .session(session), ["otp": "000000"])
        #expect((wrong.status, wrong.type) == (401, "user_invalid_token"))
        let confirmed = try await ask(.put, totp, as: .session(session), ["otp": .text(code)])
        #expect(confirmed.status == 200)
        return key
    }

    fileprivate func question(_ factor: String, as session: String) async throws -> String {
        try await ask(.post, challenges, as: .session(session), ["factor": .text(factor)])["$id"]
    }

    fileprivate func answer(_ id: String, _ code: String, as session: String) async throws -> Reply {
        try await ask(
            .put,
            challenges,
            as: .session(session),
            ["challengeId": .text(id), "otp": .text(code)]
        )
    }

    fileprivate func show(_ factor: String, _ code: String, as session: String) async throws -> Reply {
        try await answer(try await question(factor, as: session), code, as: session)
    }

    fileprivate func codes(_ method: HTTPRequest.Method, as session: String) async throws -> [String] {
        try await ask(method, recovery, as: .session(session)).json["recoveryCodes"]?.list?
            .compactMap(\.text) ?? []
    }

    /// Base32 without padding (RFC 4648 §6).
    private static func decoded(_ text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bits, count) = (0, 0)
        var key: [UInt8] = []
        for character in text {
            bits = (bits << 5 | (alphabet.firstIndex(of: character) ?? 0)) & 0xfff
            count += 5
            if count >= 8 {
                count -= 8
                key.append(UInt8(bits >> count & 0xff))
            }
        }
        return key
    }
}
