import Gate

extension Standing {
    var isMember: Bool {
        if case .member = self { return true }
        return false
    }

    /// Whether Appwrite has said that there is such a session; what was made up, or could not be asked about, is none.
    var isSession: Bool {
        switch self {
        case .none, .unanswered: false
        case .guest, .moreFactors, .blocked, .passwordReset, .member: true
        }
    }

    /// Which of several that came along speaks for the visitor: the one that says the most.
    ///
    /// An answer that did not come outranks a guest: whose session it is might be a member's, and they are told to wait,
    /// not to sign in.
    var rank: Int {
        switch self {
        case .none: 0
        case .guest: 1
        case .unanswered: 2
        case .moreFactors, .blocked, .passwordReset: 3
        case .member: 4
        }
    }
}
