import Appwrite
import FoundationEssentials
import Ground
import Testing

/// What each call about accounts, tokens and factors sends.
struct AccountCallTests {
    private static let token =
        #"{"$id":"t","userId":"u1","secret":"","expire":"2027-07-22T10:00:00.000+00:00"}"#
    private static let challenge = #"{"$id":"c1","userId":"u1","expire":"2027-07-22T10:00:00.000+00:00"}"#

    @Test(arguments: [
        "POST /v1/account/tokens/magic-url", "POST /v1/account/tokens/email", "POST /v1/account/recovery",
    ])
    func `an address is sent in lower case`(line: String) async throws {
        let server = try WireServer(Sample.answer(201, Self.token))
        let admin = try server.admin()
        let made =
            switch line.split(separator: "/").last {
            case "magic-url":
                try await admin.sendMagicURL(to: "Ada@Example.com", url: "https://a.example/b", for: caller)
            case "email": try await admin.sendEmailCode(to: "Ada@Example.com", for: caller)
            default:
                try await admin.sendRecovery(to: "Ada@Example.com", url: "https://a.example/b", for: caller)
            }
        #expect(made.userID == "u1")
        let request = try #require(server.received.first)
        #expect(request.line.hasPrefix(line))
        #expect(request.body.contains(#""email":"ada@example.com""#))
        #expect(request.fields["x-appwrite-key"] == key.revealed)
        #expect(request.body.contains(#""url":"https://a.example/b""#) == !line.hasSuffix("email"))
    }

    @Test func `an address is proved with neither key nor session`() async throws {
        let server = try WireServer(Sample.answer(200, Self.token))
        try await server.plain().verifyEmail(userID: "u1", secret: Secret("hush"), for: caller)
        let request = try #require(server.received.first)
        #expect(request.line.hasPrefix("PUT /v1/account/verifications/email"))
        #expect(request.body == #"{"secret":"hush","userId":"u1"}"#)
        #expect(request.fields["x-appwrite-key"] == nil && request.fields["x-appwrite-session"] == nil)
    }

    @Test func `flags and objects are sent as such`() async throws {
        let server = try WireServer(Sample.account)
        let visitor = try server.visitor()
        _ = try await visitor.requireSecondFactor(true)
        try await visitor.updatePreferences(
            JSONObject(["a": .list([.integer(1), .null]), "b": .flag(false)])
        )
        #expect(server.received.map(\.body) == [#"{"mfa":true}"#, #"{"prefs":{"a":[1,null],"b":false}}"#])
    }

    @Test func `preferences that PHP writes as an empty list are an empty object`() async throws {
        let server = try WireServer(Sample.answer(200, "[]"))
        #expect(try await server.visitor().preferences() == JSONObject())
    }

    @Test(arguments: [
        ("sessions", "GET /v1/account/sessions"), ("identities", "GET /v1/account/identities"),
        ("teams", "GET /v1/teams?queries"),
    ])
    func `a member's own data come as Appwrite tells them`(list: String, line: String) async throws {
        let server = try WireServer(
            Sample.answer(200, #"{"total":1,"\#(list)":[{"$id":"x","new":[1.5,null]}]}"#)
        )
        let visitor = try server.visitor()
        let items =
            switch list {
            case "sessions": try await visitor.sessionData()
            case "identities": try await visitor.identityData()
            default: try await visitor.teamData()
            }
        #expect(items == [.object(["$id": .text("x"), "new": .list([.number(1.5), .null])])])
        #expect(server.received.first?.line.hasPrefix(line) == true)
    }

    @Test(arguments: [
        (#","mfaUpdatedAt":"2026-07-22T10:00:00.000+00:00""#, 1_784_714_400.0 as Double?),
        (#","mfaUpdatedAt":"""#, nil), ("", nil),
    ])
    func `a session tells when a second factor was shown`(field: String, seconds: Double?) async throws {
        let expire = #""expire":"2027-07-22T10:00:00.000+00:00""#
        let server = try WireServer(
            Sample.answer(200, #"{"$id":"s1","userId":"u1",\#(expire)\#(field)}"#)
        )
        let session = try await server.visitor().currentSession()
        #expect(session.mfaUpdatedAt?.timeIntervalSince1970 == seconds)
    }

    @Test func `factors are those that are set up`() async throws {
        let server = try WireServer(
            Sample.answer(200, #"{"totp":true,"phone":false,"email":true,"recoveryCode":true}"#)
        )
        #expect(try await server.visitor().factors().enabled == [.totp, .email, .recoveryCode])
    }

    @Test func `a recovery code is named as Appwrite compares it`() async throws {
        let server = try WireServer(Sample.answer(201, Self.challenge))
        let visitor = try server.visitor()
        let challenge = try await visitor.challenge(.recoveryCode)
        try await visitor.answer(challenge.id, code: Secret("hush"))
        #expect(
            server.received.map(\.body) == [
                #"{"factor":"recoveryCode"}"#, #"{"challengeId":"c1","otp":"hush"}"#,
            ]
        )
    }

    @Test func `a user's teams are the confirmed ones, with their roles`() async throws {
        let rows = [("t1", true, "owner"), ("t1", true, "editor"), ("t2", false, "owner")].map {
            #"{"userId":"u1","teamId":"\#($0)","confirm":\#($1),"roles":["\#($2)"]}"#
        }
        let server = try WireServer(
            Sample.answer(200, #"{"total":3,"memberships":[\#(rows.joined(separator: ","))]}"#)
        )
        #expect(try await server.admin().teams(ofUser: "u1") == ["t1": ["owner", "editor"]])
    }
}
