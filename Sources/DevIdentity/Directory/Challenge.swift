/// A question for a second factor.
struct Challenge: Sendable {
    enum Factor: String, Sendable {
        case totp, email, phone
        /// Recovery codes; compared exactly, whatever case it was asked for in.
        case recoveryCode
    }

    let id: String
    let serial: Int
    let userID: String
    let factor: Factor
    /// What was mailed or sent; empty for what the user has.
    let code: String
    let created: Moment
    let expire: Moment

    var json: JSONValue {
        [
            "$id": .text(id), "$createdAt": .text(created.text), "userId": .text(userID),
            "expire": .text(expire.text),
        ]
    }
}
