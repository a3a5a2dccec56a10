import HTTPTypes
package import Transfer

/// Calls Appwrite with neither key nor session, where either would be refused.
package struct PlainClient: Sendable {
    let wire: Wire

    /// The time limit is for each call, from beginning to end.
    package init(endpoint: AppwriteEndpoint, transfer: TransferClient, timeout: Duration = .seconds(10)) {
        wire = Wire(endpoint: endpoint, credential: .none, transfer: transfer, timeout: timeout)
    }

    /// Appwrite's version, such as `1.9.6`; the cheapest proof that it is there.
    package func version() async throws(AppwriteFailure) -> String {
        try await wire.answer(to: Call(.get, "/health/version"), as: Version.self).version
    }

    private struct Version: Decodable {
        let version: String
    }
}
