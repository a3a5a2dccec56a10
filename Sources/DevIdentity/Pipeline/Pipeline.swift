/// How a request is answered: step by step, in Appwrite's order (contract, section 1).
///
/// The order is what a client sees: a missing scope hides a bad argument, and a bad argument spends rate budget.
enum Pipeline {
    typealias Step = @Sendable (inout Exchange, inout Directory) throws(Refusal) -> Void

    static let steps: [Step] = [
        Checks.origin,
        Checks.project,
        Credentials.session,
        Credentials.key,
        Credentials.access,
        Checks.scope,
        Checks.standing,
        Limits.rate,
        Checks.authMethod,
        Checks.noSessionYet,
    ]

    /// Runs the steps, then the route's own action, which begins with its arguments.
    static func answer(_ exchange: inout Exchange, _ directory: inout Directory) -> Answer {
        var answer: Answer
        do throws(Refusal) {
            for step in steps { try step(&exchange, &directory) }
            answer = try exchange.route.action(exchange, &directory)
            Limits.settle(exchange, answer.status, &directory)
        } catch {
            answer = ErrorAnswer.make(error, for: exchange.route)
        }
        answer.headers.append(contentsOf: exchange.headers)
        if let format = exchange.call.header("X-Appwrite-Response-Format") {
            ResponseFormat.apply(format, to: &answer)
        }
        return answer
    }
}
