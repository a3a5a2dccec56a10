import Appwrite
import Ground
import Testing
import Transfer

let key = Secret("standard_hushhushkey")
let visitorSecret = Secret("hushhushsession+/==")
let caller = Caller(userAgent: "Firefox/140", address: "192.0.2.7", locale: "de")

extension WireServer {
    func endpoint() throws -> AppwriteEndpoint {
        try #require(AppwriteEndpoint(url: "http://127.0.0.1:\(port)/v1/", project: "65f0c2"))
    }

    func admin(_ key: Secret = key, timeout: Duration = .seconds(10)) throws -> AdminClient {
        AdminClient(endpoint: try endpoint(), key: key, transfer: try TransferClient(), timeout: timeout)
    }

    func visitor(_ secret: Secret = visitorSecret, timeout: Duration = .seconds(10)) throws -> SessionClient {
        SessionClient(
            endpoint: try endpoint(),
            secret: secret,
            transfer: try TransferClient(),
            for: caller,
            timeout: timeout
        )
    }

    func plain() throws -> PlainClient {
        PlainClient(endpoint: try endpoint(), transfer: try TransferClient())
    }
}

/// The failure that a call ends with, or nil where it succeeded.
func failure(_ call: () async throws -> some Any) async -> AppwriteFailure? {
    do {
        _ = try await call()
        return nil
    } catch {
        if !(error is AppwriteFailure) { Issue.record(error) }
        return error as? AppwriteFailure
    }
}
