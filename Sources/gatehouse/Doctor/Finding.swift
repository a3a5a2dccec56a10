/// What the doctor found out about one thing.
struct Finding: Encodable, Equatable {
    enum Verdict: String, Encodable {
        case good
        /// Something works less well than it could.
        case poor
        /// Something that the site offers does not work.
        case bad
        /// It could not be asked.
        case unknown
    }

    let check: String
    let verdict: Verdict
    /// What was seen; one line.
    let seen: String
    /// What to do about it; nil where nothing is to be done.
    let advice: String?

    static func good(_ check: String, _ seen: String) -> Finding {
        Finding(check: check, verdict: .good, seen: seen, advice: nil)
    }
    static func poor(_ check: String, _ seen: String, _ advice: String) -> Finding {
        Finding(check: check, verdict: .poor, seen: seen, advice: advice)
    }
    static func bad(_ check: String, _ seen: String, _ advice: String) -> Finding {
        Finding(check: check, verdict: .bad, seen: seen, advice: advice)
    }
    static func unknown(_ check: String, _ seen: String) -> Finding {
        Finding(check: check, verdict: .unknown, seen: seen, advice: nil)
    }
}
