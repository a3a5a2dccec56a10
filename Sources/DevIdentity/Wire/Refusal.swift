/// An answer that is an error: Appwrite's `type`, the status it goes out with, and a message for people.
///
/// Clients go by `type`; the messages are our own words, except where the contract gives one.
struct Refusal: Error, Equatable, Sendable {
    let status: Int
    let type: String
    let message: String

    init(_ status: Int, _ type: String, _ message: String) {
        self.status = status
        self.type = type
        self.message = message
    }

    /// The status on the wire: those that Appwrite does not know by name go out as 500, with their type.
    var wireStatus: Int { Self.knownStatuses.contains(status) ? status : 500 }

    /// The body of the answer.
    var json: JSONValue {
        let shown = wireStatus == status ? message : "Server Error"
        return [
            "message": .text(shown), "code": JSONValue(wireStatus), "type": .text(type), "version": "1.9.6",
        ]
    }

    /// What the failure address of an OAuth round trip is told; the status is the one before it is sent.
    var oauthJSON: String {
        let value: JSONValue = ["message": .text(message), "type": .text(type), "code": JSONValue(status)]
        return value.json
    }

    private static let knownStatuses: Set<Int> = [
        400, 401, 402, 403, 404, 405, 408, 409, 412, 416, 422, 429, 451, 500, 501, 503,
    ]

    /// The same refusal with more exact words.
    func saying(_ message: String) -> Refusal { Refusal(status, type, message) }

    static func argument(_ name: String, _ problem: String) -> Refusal {
        Refusal(400, "general_argument_invalid", "Invalid `\(name)` param: \(problem)")
    }

    static func missing(_ name: String) -> Refusal {
        Refusal(400, "general_argument_invalid", "Param \"\(name)\" is not optional.")
    }
}
