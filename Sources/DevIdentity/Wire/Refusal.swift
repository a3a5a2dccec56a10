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

    /// The body of the answer.
    var json: JSONValue {
        ["message": .text(message), "code": JSONValue(status), "type": .text(type), "version": "1.9.6"]
    }

    /// The same refusal with more exact words.
    func saying(_ message: String) -> Refusal { Refusal(status, type, message) }

    static func argument(_ name: String, _ problem: String) -> Refusal {
        Refusal(400, "general_argument_invalid", "Invalid `\(name)` param: \(problem)")
    }

    static func missing(_ name: String) -> Refusal {
        Refusal(400, "general_argument_invalid", "Param \"\(name)\" is not optional.")
    }
}
