/// A mail or a text message; it goes to the outbox and nowhere else.
package struct Message: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case magicURL, emailCode, phoneCode, recovery, emailVerification, phoneVerification, secondFactor
    }

    package let kind: Kind
    /// An e-mail address, or a phone number with its `+`.
    package let receiver: String
    package let userID: String
    /// What is typed; empty where a link was sent.
    package let code: String
    /// What is opened; empty where a code was sent.
    package let link: String
    /// The words that the page which asked shows, too; mostly empty.
    package let phrase: String
    package let sent: Moment

    init(
        _ kind: Kind,
        to receiver: String,
        userID: String,
        code: String = "",
        link: String = "",
        phrase: String = "",
        at sent: Moment
    ) {
        self.kind = kind
        self.receiver = receiver
        self.userID = userID
        self.code = code
        self.link = link
        self.phrase = phrase
        self.sent = sent
    }

    var subject: String {
        switch kind {
        case .magicURL: "Your link to sign in"
        case .emailCode, .phoneCode: "Your code to sign in"
        case .recovery: "Choose a new password"
        case .emailVerification: "Prove your address"
        case .phoneVerification: "Your code to prove your number"
        case .secondFactor: "Your second factor"
        }
    }

    var json: JSONValue {
        [
            "kind": .text(kind.rawValue), "to": .text(receiver), "subject": .text(subject),
            "userId": .text(userID), "code": .text(code), "link": .text(link), "phrase": .text(phrase),
            "sentAt": .text(sent.text),
        ]
    }
}

/// The last messages, oldest first.
struct Outbox: Sendable {
    private(set) var messages: [Message] = []
    /// A flood of requests must not fill the memory.
    private static let capacity = 500

    mutating func add(_ message: Message) {
        if messages.count == Self.capacity { messages.removeFirst() }
        messages.append(message)
    }
}
