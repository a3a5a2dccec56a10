import Foundation
import Ground
import HTTPTypes
import Testing
import Transfer

@testable import Appwrite

/// Which failure stands for which answer.
struct RefusalTests {
    @Test(arguments: [
        (401, "general_unauthorized_scope", AppwriteFailure.sessionGone),
        (401, "user_more_factors_required", .moreFactorsRequired),
        (401, "user_invalid_credentials", .invalidCredentials),
        (401, "user_invalid_token", .invalidToken),
        (401, "user_challenge_required", .challengeRequired),
        (400, "user_email_not_verified", .addressMissing),
        (400, "user_phone_not_found", .addressMissing),
        (400, "user_count_exceeded", .full),
        (401, "user_session_already_exists", .alreadySignedIn),
        (401, "user_unauthorized", .unexpected(status: 401, type: "user_unauthorized")),
        (401, "user_jwt_invalid", .unexpected(status: 401, type: "user_jwt_invalid")),
        (401, "made_up_tomorrow", .unexpected(status: 401, type: "made_up_tomorrow")),
        (403, "user_blocked", .blocked),
        (403, "general_unknown_origin", .originRefused),
        (403, "general_service_disabled", .unavailable("the service is switched off in the project")),
        (403, "user_api_key_and_session_set", .unexpected(status: 403, type: "user_api_key_and_session_set")),
        (404, "project_not_found", .projectNotFound),
        (404, "user_session_not_found", .notFound),
        (404, "team_not_found", .notFound),
        (404, "general_route_not_found", .unexpected(status: 404, type: "general_route_not_found")),
        (409, "user_already_exists", .conflict),
        (409, "user_target_already_exists", .conflict),
        (409, "made_up_tomorrow", .conflict),
        (412, "user_password_reset_required", .passwordResetRequired),
        (412, "project_provider_disabled", .providerDisabled),
        (400, "project_provider_unsupported", .providerUnsupported),
        (400, "project_invalid_success_url", .originRefused),
        (400, "general_argument_invalid", .argumentInvalid("No.")),
        (400, "general_bad_request", .argumentInvalid("No.")),
        (400, "user_password_personal_data", .argumentInvalid("No.")),
        (429, "general_rate_limit_exceeded", .rateLimited(retryAfter: nil)),
        (501, "user_auth_method_unsupported", .methodOff),
        (503, "general_smtp_disabled", .methodOff),
        (500, "general_unknown", .unavailable("status 500, general_unknown")),
        (503, "made_up_tomorrow", .unavailable("status 503, made_up_tomorrow")),
    ])
    func `a session client's refusal is sorted by type and status`(
        status: Int,
        type: String,
        expected: AppwriteFailure
    ) async throws {
        let server = try WireServer(Sample.error(status, type))
        let visitor = try server.visitor()
        #expect(await failure { try await visitor.account() } == expected)
    }

    @Test(arguments: [
        (
            "general_unauthorized_scope",
            #"it lacks a scope; Appwrite says: missing scopes ([\"sessions.write\"])"#
        ),
        ("user_unauthorized", "this project does not know it"),
        ("project_key_expired", "it has expired"),
    ])
    func `the same 401 blames the key where the key was sent`(type: String, why: String) async throws {
        let server = try WireServer(Sample.error(401, type, #"missing scopes ([\"sessions.write\"])"#))
        let admin = try server.admin()
        let refused = await failure { try await admin.deleteUser("u1") }
        #expect(refused == .keyRefused(why.replacing(#"\""#, with: "\"")))
    }

    @Test func `nobody's 401 blames neither`() async throws {
        let server = try WireServer(Sample.error(401, "general_unauthorized_scope"))
        let plain = try server.plain()
        #expect(
            await failure { try await plain.version() }
                == .unexpected(status: 401, type: "general_unauthorized_scope")
        )
    }

    @Test(arguments: [
        (409, "user_target_already_exists"), (409, "user_already_exists"), (400, "general_bad_request"),
    ])
    func `an e-mail that is taken is a conflict, however it is said`(status: Int, type: String) async throws {
        let server = try WireServer(Sample.error(status, type))
        let (admin, visitor) = try (server.admin(), server.visitor())
        let password = Secret("hushhushpassword")
        #expect(
            await failure {
                try await admin.createAccount(email: "a@b.c", password: password, for: caller)
            } == .conflict
        )
        #expect(
            await failure {
                try await visitor.convertGuest(email: "a@b.c", password: password)
            } == .conflict
        )
    }

    @Test(arguments: [
        (["Retry-After: 7"], 7), (["X-RateLimit-Reset: 1030"], 30), (["X-RateLimit-Reset: 900"], 1),
        (["Retry-After: 7", "X-RateLimit-Reset: 1030"], 7), (["X-RateLimit-Reset: 99999999999"], 86_400),
        (["X-RateLimit-Reset: nan"], nil), (["Retry-After: Tue, 24 Nov 2026 00:00:00 GMT"], nil), ([], nil),
    ])
    func `the wait is as long as Appwrite says`(fields: [String], seconds: Int?) throws {
        var head = HTTPResponse(status: .tooManyRequests)
        for field in fields {
            let parts = field.split(separator: ":", maxSplits: 1)
            head.headerFields[try #require(HTTPField.Name(String(parts[0])))] = String(parts[1].dropFirst())
        }
        let refusal = Refusal(TransferResponse(head: head, body: []), to: Call(.get, "/account"), with: .none)
        #expect(refusal.failure(now: Date(timeIntervalSince1970: 1000)) == .rateLimited(retryAfter: seconds))
    }

    @Test(arguments: [
        (401, "text/html", "<html>Sign in to the proxy"), (200, "text/html", "<html>Welcome to the hotel"),
        (502, "text/html", "<html>Bad Gateway"), (404, "text/plain", ""), (401, "application/json", "{}"),
        (401, "application/json", #"{"type":401}"#), (301, "text/html", ""), (200, "application/json", "{"),
        (200, "application/json", "[]"), (200, "application/json", "{}"),
        (401, "text/html", "general_unauthorized_scope"),
    ])
    func `an answer that is not Appwrite's says nothing about the session`(
        status: Int,
        type: String,
        body: String
    ) async throws {
        let server = try WireServer(Sample.answer(status, body, type: type))
        let visitor = try server.visitor()
        let refused = await failure { try await visitor.account() }
        guard case .unavailable = refused else {
            Issue.record("\(String(describing: refused))")
            return
        }
    }

    @Test(arguments: ["silence", "huge"])
    func `an answer without end is no answer`(kind: String) async throws {
        let huge = Sample.answer(200, String(repeating: " ", count: 1_100_000))
        let server = try WireServer(kind == "huge" ? huge : "")
        let visitor = try server.visitor(timeout: kind == "huge" ? .seconds(10) : .milliseconds(50))
        let refused = await failure { try await visitor.account() }
        guard case .unavailable = refused else {
            Issue.record("\(String(describing: refused))")
            return
        }
    }

    @Test func `a cancelled question is not an outage`() async throws {
        let server = try WireServer("")
        let visitor = try server.visitor()
        let task = Task { await failure { try await visitor.account() } }
        task.cancel()
        #expect(await task.value == .cancelled)
    }
}
