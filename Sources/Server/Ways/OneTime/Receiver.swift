import Appwrite
import Ground
import HTTPTypes
import Settings

/// Whom a mail or a text message is for, as it was typed.
struct Receiver: Sendable, Equatable {
    let medium: CodeMedium
    let text: String

    init(_ form: FormBody, _ medium: CodeMedium) {
        self.medium = medium
        text =
            switch medium {
            case .email: String((form["email"] ?? "").trimmingSpaces).lowercased()
            case .phone: (form["phone"] ?? "").filter { !" ()-./".contains($0) }
            }
    }

    /// Throws where it cannot be an address, or a number.
    func possible() throws(Problem) -> Receiver {
        switch medium {
        case .email: guard text.contains("@"), EmailLength.isPossible(text) else { throw .addressNeeded }
        case .phone: guard PhoneNumber.isPossible(text) else { throw .numberNeeded }
        }
        return self
    }
}

extension Desk {
    /// Whether anything is sent: where the site takes nobody new, to those only who have an account.
    ///
    /// Appwrite would make one before anything is proved. Needs the scope `users.read` then.
    func mayReceive(_ receiver: Receiver) async throws(AppwriteFailure) -> Bool {
        if auth.signUp { return true }
        return switch receiver.medium {
        case .email: try await admin.user(withEmail: receiver.text) != nil
        case .phone: try await admin.user(withPhone: receiver.text) != nil
        }
    }

    /// Whom Appwrite should note down, and in which language it should write.
    func caller(_ arrival: Arrival) -> Caller {
        var caller = arrival.caller
        caller.locale = language(of: arrival).lowercased()
        return caller
    }
}

extension AbuseLimits {
    /// Counts one mail or text message, by who asks for it and by whom it is for.
    func check(_ receiver: Receiver, from address: ClientAddress) throws(Problem) {
        switch receiver.medium {
        case .email:
            try check(.mailAddress, address)
            try check(.mailReceiver, email: receiver.text)
        case .phone:
            try check(.messageAddress, address)
            try check(.messageReceiver, key: receiver.text)
        }
    }
}

extension AppwriteFailure {
    /// Whether it tells something of whoever has the address, which is nobody's business.
    var isAboutReceiver: Bool {
        switch self {
        case .conflict, .notFound, .blocked, .full: true
        default: false
        }
    }
}

extension Problem {
    init(_ failure: AppwriteFailure, to medium: CodeMedium) {
        if case .argumentInvalid = failure {
            self = medium == .email ? .addressNeeded : .numberNeeded
        } else {
            self.init(failure)
        }
    }

    static let addressNeeded = Problem(
        .badRequest,
        "address_needed",
        "An e-mail address is needed",
        "Type your e-mail address, such as name@example.org."
    )
    static let numberNeeded = Problem(
        .badRequest,
        "number_needed",
        "A phone number is needed",
        "Type your number with + and the code of its country, such as +49 30 1234567."
    )
    static let noAccount = Problem(
        .forbidden,
        "no_account",
        "There is no account for you",
        "This site takes no new members at the moment. If you have an account, sign in the way you did before."
    )
}
